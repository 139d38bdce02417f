"""What each piece of evidence weighs, as `tools/odds.py` learned it; never changed by hand."""

THINGS = {
    "alike": (0.21, 0.54, -0.77, 0.68, 0.36),
    "alike_lead": (0.57, 0.94, -0.11, -0.14, 0.08),
    "broad": (-1.53, -0.36, -0.57, -0.38, -0.53),
    "covers": (0.86, 1.56, -0.21, 1.1, 0.56),
    "covers_best": (0.18, 0.96, -1.17, 0.12, 0.23),
    "covers_lead": (0.22, 1.48, -0.65, -0.11, 0.53),
    "danger": (0.74, -0.52, 0.75, -1.54, -0.11),
    "explains": (-0.97, -0.45, -0.52, 0.31, 0.11),
    "found": (1.13, 0.35, -0.04, 0.48, 0.35),
    "is_found": (0.82, 0.13, 0.12, 0.52, -0.34),
    "named": (0.46, 0.09, 0.33, -0.01, 0.3),
    "near": (1.62, 0.1, 0.95, 0.53, -0.56),
    "shared": (0.2, -0.27, -0.43, 0.51, -0.41),
    "size": (-1.57, -0.3, -0.57, -0.12, -0.52),
    "sure": (0.01, -0.07, -0.1, -0.1, -1.54),
    "tail": (1.23, -0.28, -0.95, -0.18, -0.37),
    "tail_last": (1.34, -0.68, 0.06, 0.15, 0.58),
    "whole": (0.98, -0.17, -0.07, -0.14, 0.06),
    "wide": (-0.28, 0.68, -1.02, 0.56, 0.15),
    "wide_best": (0.69, 1.14, -0.82, -0.16, 0.33),
    "wide_lead": (0.67, 1.07, -0.86, 0.21, 0.74),
}
"""Evidence for a thing: its weight in every remark, and more of it for each part of CONTEXT."""

NONE = {
    "chatter": -0.13,
    "discard": -0.38,
    "one": 1.44,
    "ordinary": -0.34,
    "rest": -0.33,
    "rest_share": 0.8,
    "several": 0.17,
    "state": -0.5,
    "unnamed": -0.04,
}
"""What in a remark speaks for none of the things."""
