//! Whether a person's name has letters of several alphabets, so that lists can be filtered by it.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::boolean;
use uuid::Uuid;

use crate::text::is_of_one_script;

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0010_mixed_names"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = boolean("has_mixed_scripts").default(false).take();
        let altered = Table::alter().table("person").add_column(column).take();
        manager.alter_table(altered).await?;

        let db = manager.get_connection();
        let people = Query::select()
            .columns(["id", "given_name", "family_name"])
            .from("person")
            .take();
        for row in db.query_all(&people).await? {
            let id: Uuid = row.try_get("", "id")?;
            let given: String = row.try_get("", "given_name")?;
            let family: String = row.try_get("", "family_name")?;
            if !is_of_one_script(&format!("{given} {family}")) {
                let update = Query::update()
                    .table("person")
                    .value("has_mixed_scripts", true)
                    .and_where(Expr::col("id").eq(id))
                    .take();
                db.execute(&update).await?;
            }
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let altered = Table::alter()
            .table("person")
            .drop_column("has_mixed_scripts")
            .take();
        manager.alter_table(altered).await
    }
}
