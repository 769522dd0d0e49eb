// Fills the table events with drizzle-seed: node drizzle.cjs URL ROWS, in a folder that has the packages.
const { createRequire } = require("node:module");
const need = createRequire(`${process.cwd()}/`);
const { drizzle } = need("drizzle-orm/node-postgres");
const { integer, jsonb, numeric, pgEnum, pgTable, text, timestamp, uuid } = need("drizzle-orm/pg-core");
const { seed } = need("drizzle-seed");
const { Pool } = need("pg");

const kind = pgEnum("kind", ["view", "click", "purchase"]);
const events = pgTable("events", {
  id: uuid().notNull(),
  occurred_at: timestamp({ withTimezone: true }).notNull(),
  kind: kind().notNull(),
  campaign_id: integer().notNull(),
  position: integer().notNull(),
  amount: numeric({ precision: 12, scale: 2 }).notNull(),
  properties: jsonb().notNull(),
  page_url: text().notNull(),
});

(async () => {
  const [url, rows] = process.argv.slice(2);
  const pool = new Pool({ connectionString: url });
  await seed(drizzle(pool), { kind, events }, { count: Number(rows), seed: 1 }).refine((f) => ({
    events: {
      columns: {
        campaign_id: f.int({ minValue: 1, maxValue: 1000 }),
        position: f.int({ minValue: 1, maxValue: 20 }),
        amount: f.number({ minValue: 1, maxValue: 999, precision: 100 }),
      },
    },
  }));
  await pool.end();
})();
