"""What the terminal says to the province and hears from it: client, uplink of the outbox, clock offset."""
