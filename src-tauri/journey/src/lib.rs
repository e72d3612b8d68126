//! The product: one file per step, the verdict.
