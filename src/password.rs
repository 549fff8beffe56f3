//! Passwords: Argon2id away from the async threads, a few at a time.
//!
//! Owns the cost (OWASP: 19 MiB, 2 passes, 1 lane) and the bound on how many run at once; leaves what a good password is
//! to `domain`.

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use std::sync::Arc;
use tokio::sync::Semaphore;

/// Hashes computed at the same time; each takes 19 MiB and one core for about 13 ms.
const AT_ONCE: usize = 2;

/// Makes and checks password hashes; cheap to clone.
#[derive(Debug, Clone)]
pub struct Passwords {
    permits: Arc<Semaphore>,
}

impl Default for Passwords {
    fn default() -> Self {
        Self {
            permits: Arc::new(Semaphore::new(AT_ONCE)),
        }
    }
}

/// The hash could not be made: the machine is out of memory or the program is stopping.
#[derive(Debug, Clone, Copy, thiserror::Error)]
#[error("password hashing failed")]
pub struct HashingFailed;

fn argon2() -> Result<Argon2<'static>, HashingFailed> {
    let params = Params::new(19_456, 2, 1, None).map_err(|_| HashingFailed)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

impl Passwords {
    /// The hash of a new password, in PHC form, with the given random salt.
    pub async fn hash(&self, password: &str, salt: [u8; 16]) -> Result<String, HashingFailed> {
        let password = password.to_owned();
        self.blocking(move || {
            let hash = argon2()?
                .hash_password_with_salt(password.as_bytes(), &salt)
                .map_err(|_| HashingFailed)?;
            Ok(hash.to_string())
        })
        .await
    }

    /// Whether a password is the one of the hash. Without a hash the same work is done and the answer is no, so that time
    /// does not tell whether an account exists.
    pub async fn verify(&self, password: &str, hash: Option<&str>) -> Result<bool, HashingFailed> {
        let (password, hash) = (password.to_owned(), hash.map(str::to_owned));
        self.blocking(move || match hash {
            Some(hash) => {
                let parsed = PasswordHash::new(&hash).map_err(|_| HashingFailed)?;
                Ok(argon2()?.verify_password(password.as_bytes(), &parsed).is_ok())
            }
            None => {
                argon2()?
                    .hash_password_with_salt(password.as_bytes(), &[0; 16])
                    .map_err(|_| HashingFailed)?;
                Ok(false)
            }
        })
        .await
    }

    async fn blocking<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, HashingFailed> + Send + 'static,
    ) -> Result<T, HashingFailed> {
        let _permit = self.permits.acquire().await.map_err(|_| HashingFailed)?;
        tokio::task::spawn_blocking(work)
            .await
            .map_err(|_| HashingFailed)?
    }
}
