//! What the address of a page holds, as its handler takes it.

use std::ops::Deref;

use actix_web::{FromRequest, HttpRequest, dev::Payload, web};
use futures::{
    FutureExt as _,
    future::{Either, LocalBoxFuture, Ready, ready},
};
use serde::de::DeserializeOwned;

use super::{Anyone, Error, Visit};

/// What an address holds, each thing as its type: `Path<address::Attempt>`. An address that holds anything else,
/// such as an id that is none, is the address of no page: 404.
#[derive(Debug, Clone)]
pub struct Path<A>(A);

impl<A> Path<A> {
    /// All of it.
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
            // So that the page of the error knows who is signed in. Whoever may not see the page at all is told
            // so first: handlers take the visit before the path.
            Visit::<Anyone>::extract(&request).await?;
            Err(Error::NotFound)
        };
        Either::Right(refused.boxed_local())
    }
}
