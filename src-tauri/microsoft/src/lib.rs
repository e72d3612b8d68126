//! Clients for Entra, Microsoft Graph and Exchange.
