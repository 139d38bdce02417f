"""`content/` on disk becomes one frozen, validated Knowledge. Pure apart from reading that folder."""
