"""What a citizen can do: find, fill, submit, print, rate. Matters are data; here is what runs them."""
