"""The screens of broadcasts: from a blank sheet to what became of a notice."""
