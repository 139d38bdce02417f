"""An Answer becomes LINE messages: plain JSON inside LINE's limits, and its plain text. Pure."""
