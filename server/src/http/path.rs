//! The parameters of a page's address, for its handler.

use std::ops::Deref;

use actix_web::{FromRequest, HttpRequest, dev::Payload, web};
use futures::{
    FutureExt as _,
    future::{Either, LocalBoxFuture, Ready, ready},
};
use serde::de::DeserializeOwned;

use super::{Anyone, Error, Visit};

/// The typed parameters of an address: `Path<address::Attempt>`. If one is not valid, e.g. not an id, the
/// response is 404.
#[derive(Debug, Clone)]
pub struct Path<A>(A);

impl<A> Path<A> {
    /// The parameters.
    pub fn into_inner(self) -> A {
        self.0
    }
}

impl<A> Deref for Path<A> {
    type Target = A;

    fn deref(&self) -> &A {
        &self.0
    }
}

impl<A: DeserializeOwned + 'static> FromRequest for Path<A> {
    type Error = Error;
    type Future = Either<Ready<Result<Self, Error>>, LocalBoxFuture<'static, Result<Self, Error>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        if let Ok(held) = web::Path::<A>::from_request(request, payload).into_inner() {
            return Either::Left(ready(Ok(Self(held.into_inner()))));
        }
        let request = request.clone();
        let refused = async move {
            // So that the error page shows who is signed in. People without access to the page are told that
            // first: handlers take the visit before the path.
            Visit::<Anyone>::extract(&request).await?;
            Err(Error::NotFound)
        };
        Either::Right(refused.boxed_local())
    }
}
