//! What every mail connection shares.

use std::sync::Arc;

use tokio::sync::Semaphore;
use tokio_rustls::TlsAcceptor;

use crate::running::RunningOrganisation;

/// What every mail connection shares.
pub(crate) struct Door {
    pub(crate) running: Arc<RunningOrganisation>,
    pub(crate) tls: TlsAcceptor,
    /// Turns for taking in large messages.
    pub(crate) large: Arc<Semaphore>,
}
