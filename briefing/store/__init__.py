"""The only SQL: knowledge.db and workspace.db, migrations, queries in, entities out."""
