"""One module per address: which components stand where. No figures, no drawing."""
