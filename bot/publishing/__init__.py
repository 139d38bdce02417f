"""How content changes: a proposal is tried out, passes the gate, and is written to the files or goes live."""
