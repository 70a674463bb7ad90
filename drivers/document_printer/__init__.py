"""The printer of A4 documents, by IPP; tried with ippeveprinter and cupsd 2.4.2 of Debian 12."""
