//! The record page's look.
