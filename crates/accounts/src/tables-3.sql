-- Whether the provider of an organisation said who it is; it asks for a second step of its own.
ALTER TABLE sessions ADD COLUMN is_provided INTEGER NOT NULL DEFAULT 0;
