//! Memory that is given back is wiped first.
//!
//! A [`Secret`](crate::secret::Secret) wipes itself; the libraries that carry one to its place (TLS, HTTP, JSON, the
//! keychain's) do not. Therefore the allocator wipes whatever is freed, whoever had taken it, and moves what grows
//! instead of leaving its old place unwiped. It stands here rather than in one program's `main`, so that no program can
//! hold a secret without it, a test's as little as the wizard's. Decision 0023 says what this costs, and what it
//! cannot reach: memory that isn't freed, stacks, and what libraries in C take for themselves.

use std::alloc::System;

use zeroizing_alloc::ZeroAlloc;

#[global_allocator]
static WIPES_WHAT_IS_FREED: ZeroAlloc<System> = ZeroAlloc(System);
