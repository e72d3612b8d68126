//! Platform profiles: data files and their loader.
