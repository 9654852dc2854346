//! The calibrator of `scripts/bench`: the best rates of this machine with the same libraries.
//!
//! `/static` returns 6 KB from memory; `/read` returns the same after one query of one row, by its primary
//! key, from SQLite through `SeaORM`. Prints its address and serves until it is ended.

use actix_web::{App, HttpResponse, HttpServer, error::ErrorInternalServerError, web};
use anyhow::Context as _;
use sea_orm::{
    ActiveModelTrait as _, ConnectOptions, ConnectionTrait as _, Database, DatabaseConnection,
    EntityTrait as _, Schema, Set,
};

/// About the size of a small page.
const BODY_SIZE_BYTES: usize = 6 * 1024;
const ROWS: i64 = 1_000;

mod entry {
    //! One row, as wide as a session.

    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "entry")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) id: i64,
        pub(crate) token: String,
        pub(crate) holder: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

struct Calibrator {
    body: web::Bytes,
    db: DatabaseConnection,
}

async fn answer_static(calibrator: web::Data<Calibrator>) -> HttpResponse {
    page(&calibrator)
}

async fn answer_read(calibrator: web::Data<Calibrator>) -> actix_web::Result<HttpResponse> {
    entry::Entity::find_by_id(ROWS / 2)
        .one(&calibrator.db)
        .await
        .map_err(ErrorInternalServerError)?
        .ok_or_else(|| ErrorInternalServerError("the row is gone"))?;
    Ok(page(&calibrator))
}

fn page(calibrator: &Calibrator) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/html; charset=utf-8")
        .body(calibrator.body.clone())
}

#[actix_web::main]
async fn main() -> anyhow::Result<()> {
    let folder = tempfile::tempdir().context("no folder for the calibrator's database")?;
    let path = folder.path().join("calibrator.db");
    let mut options = ConnectOptions::new(format!("sqlite://{}?mode=rwc", path.display()));
    options.max_connections(8).sqlx_logging(false);
    let db = Database::connect(options)
        .await
        .context("cannot open the calibrator's database")?;
    db.execute_unprepared("PRAGMA journal_mode = WAL").await?;
    db.execute(&Schema::new(db.get_database_backend()).create_table_from_entity(entry::Entity))
        .await?;
    for id in 0..ROWS {
        let row = entry::ActiveModel {
            id: Set(id),
            token: Set(format!("{id:064x}")),
            holder: Set(format!("holder {id}")),
        };
        row.insert(&db).await?;
    }

    let calibrator = web::Data::new(Calibrator {
        body: web::Bytes::from(vec![b'x'; BODY_SIZE_BYTES]),
        db,
    });
    let server = HttpServer::new(move || {
        App::new()
            .app_data(calibrator.clone())
            .route("/static", web::get().to(answer_static))
            .route("/read", web::get().to(answer_read))
    })
    .bind(("127.0.0.1", 0))
    .context("cannot listen")?;
    for address in server.addrs() {
        announce(&format!("http://{address}"));
    }
    server.run().await.context("the calibrator ended")
}

#[expect(clippy::print_stdout, reason = "the script reads the address")]
fn announce(address: &str) {
    println!("{address}");
}
