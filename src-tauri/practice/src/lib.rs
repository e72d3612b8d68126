//! The practice organisation: a Microsoft 365 tenant on 127.0.0.1.
