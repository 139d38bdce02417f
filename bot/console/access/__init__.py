"""Who may come in and what they may do: passwords, one-time codes, sessions, tries, accounts, roles."""
