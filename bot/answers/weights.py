"""What each piece of evidence weighs, as `tools/odds.py` learned it; never changed by hand."""

THINGS = {
    "alike": (0.24, 0.48, -0.84, 0.85, 0.6),
    "alike_lead": (0.57, 1.03, -0.13, -0.22, 0.11),
    "broad": (-1.57, -0.33, -0.53, -0.41, -0.59),
    "covers": (0.76, 1.4, -0.14, 1.21, 0.49),
    "covers_best": (0.2, 0.85, -1.27, 0.19, 0.16),
    "covers_lead": (0.34, 1.76, -0.55, 0.09, 0.33),
    "danger": (0.69, 0.01, 0.76, -1.39, -0.17),
    "explains": (-1.06, -0.49, -0.71, 0.39, 0.03),
    "found": (0.96, 0.37, -0.04, 0.49, 0.5),
    "is_found": (1.1, 0.26, 0.22, 0.36, -0.36),
    "named": (0.57, 0.01, -0.18, -0.06, -0.05),
    "near": (1.62, 0.53, 0.75, 0.3, -0.35),
    "shared": (0.37, -0.2, -0.41, 0.31, -0.49),
    "size": (-1.45, -0.14, -0.6, -0.11, -0.59),
    "sure": (-0.38, -0.14, -0.17, -0.29, -1.45),
    "tail": (1.13, -0.85, -1.09, 0.12, -0.49),
    "tail_last": (1.3, -0.19, 0.46, 0.83, 0.63),
    "whole": (1.0, 0.31, 0.21, 0.29, 0.17),
    "wide": (-0.38, 0.59, -0.91, 0.53, 0.3),
    "wide_best": (0.81, 1.18, -0.96, -0.33, 0.27),
    "wide_lead": (0.65, 1.31, -0.76, 0.38, 0.77),
}
"""Evidence for a thing: its weight in every remark, and more of it for each part of CONTEXT."""

NONE = {
    "chatter": -0.11,
    "discard": -0.33,
    "one": 1.47,
    "ordinary": -0.35,
    "rest": -0.54,
    "rest_share": 0.81,
    "several": -0.01,
    "state": -0.71,
    "unnamed": -0.12,
}
"""What in a remark speaks for none of the things."""
