-- Who is told what happens (webhooks that go out), and how each telling went.

CREATE TABLE webhook_endpoints (
  id TEXT PRIMARY KEY,
  url TEXT NOT NULL,
  -- The event types it wants, as a JSON list: payment.captured, payment.*, *.
  types TEXT NOT NULL,
  -- The signing key, sealed by the vault.
  secret TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('enabled', 'disabled')),
  disabled_reason TEXT CHECK (disabled_reason IN ('asked', 'gone', 'failing')),
  -- Since when nothing has reached it.
  failing_since BIGINT,
  version BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
) STRICT;

CREATE TABLE webhook_deliveries (
  id TEXT PRIMARY KEY,
  endpoint TEXT NOT NULL REFERENCES webhook_endpoints (id) ON DELETE CASCADE,
  event TEXT NOT NULL,
  type TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'delivered', 'failed')),
  attempts BIGINT NOT NULL,
  next_at BIGINT,
  last_status BIGINT,
  last_error TEXT,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  -- An event goes to an endpoint once, however often it is heard.
  UNIQUE (endpoint, event)
) STRICT;
CREATE INDEX webhook_deliveries_of_event ON webhook_deliveries (event);
