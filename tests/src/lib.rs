//! What the journey tests share.
