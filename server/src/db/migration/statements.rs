//! The statements that migrations are made of.

use sea_orm_migration::prelude::*;

/// A new table.
pub(super) fn table(name: &'static str) -> TableCreateStatement {
    Table::create().table(name).take()
}

/// `table.column` refers to `target.id`.
pub(super) fn refers(
    table: &'static str,
    column: &'static str,
    target: &'static str,
) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .name(format!("{table}_{column}_fkey"))
        .from(table, column)
        .to(target, "id")
        .take()
}

/// An index named after its table and columns.
pub(super) fn index(table: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    index_named(&format!("{table}_{}", columns.join("_")), table, columns)
}

/// An index with a name of its own, because its table has another one on the same columns or it has a condition.
pub(super) fn index_named(
    name: &str,
    table: &'static str,
    columns: &[&'static str],
) -> IndexCreateStatement {
    let mut index = Index::create().name(name).table(table).take();
    for column in columns {
        index.col(*column);
    }
    index
}

/// Drops tables, in the order given: a table before those it refers to.
pub(super) async fn drop_tables(
    manager: &SchemaManager<'_>,
    tables: &[&'static str],
) -> Result<(), DbErr> {
    for name in tables {
        manager
            .drop_table(Table::drop().table(*name).take())
            .await?;
    }
    Ok(())
}
