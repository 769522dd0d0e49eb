-- A few rows for an older staging, at revision 0006, on a database that has just been migrated (ids count from 1).
-- Its text says old-staging, so that one can tell a staging that was replaced from one that was not.

INSERT INTO users (clerk_id, email, first_name, last_name, role, is_active, is_verified, last_login, created_at,
                   updated_at)
VALUES
    ('user_old-staging-1', 'old-staging-1@example.com', 'Tess', 'old-staging', 'ADMIN', true, true,
     '2026-08-20 10:00:00', '2026-01-10 10:00:00', '2026-08-20 10:00:00'),
    ('user_old-staging-2', 'old-staging-2@example.com', 'Tom', 'old-staging', 'VIEWER', true, false, NULL,
     '2026-01-11 10:00:00', NULL);

INSERT INTO user_permissions (user_id, permission, granted_at, granted_by)
VALUES (1, 'MANAGE_SETTINGS', '2026-01-10 10:01:00', 1), (2, 'VIEW_ANALYTICS', '2026-01-11 10:01:00', 1);

INSERT INTO social_accounts (user_id, platform, account_name, account_id, access_token, is_active, permissions,
                             platform_metadata)
VALUES (1, 'linkedin', 'old-staging page', 'old-staging-1', 'old-staging-not-a-token', true, '["post"]',
        '{"kind": "old-staging"}');

INSERT INTO agents (name, role, status, capabilities, user_id)
VALUES
    ('old-staging writer', 'writer', 'ONLINE', '["draft"]', 1),
    ('old-staging analyst', 'analyst', 'OFFLINE', '["report"]', 1);

INSERT INTO agent_contexts (agent_id, context)
VALUES (1, '{"from": "old-staging"}');

INSERT INTO tasks (title, description, status, priority, cost_tokens, agent_id, user_id)
VALUES
    ('old-staging task 1', 'Try the editor', 'COMPLETED', 1, 120, 1, 1),
    ('old-staging task 2', 'Try the report', 'PENDING', 2, 0, 2, 2);

INSERT INTO content_pieces (title, content, type, status, user_id)
VALUES ('old-staging piece', 'Text to click on', 'article', 'DRAFT', 1);

INSERT INTO social_posts (platform, content_id, user_id, status, metrics, publish_date)
VALUES ('linkedin', 1, 1, 'draft', '{"from": "old-staging"}', NULL);

INSERT INTO projects (slug, name, description, status, owner_id, lead_agent_id, starts_on)
VALUES ('old-staging', 'old-staging project', 'From before the refresh', 'ACTIVE', 1, 1, '2026-01-12');

INSERT INTO project_members (project_id, user_id, role, notify_email)
VALUES (1, 1, 'OWNER', 'old-staging-1@example.com'), (1, 2, 'GUEST', 'old-staging-2@example.com');

INSERT INTO campaigns (project_id, name, channel, objective, tags, budget, starts_on, ends_on)
VALUES (1, 'old-staging campaign', 'SEARCH', 'Try the page', '{old-staging}', 100.00, '2026-02-01', '2026-02-28');

UPDATE projects SET main_campaign_id = 1;

INSERT INTO keywords (campaign_id, phrase, match_type, max_bid, quality)
VALUES (1, 'old-staging phrase', 'EXACT', 1.00, 5);

INSERT INTO agent_configurations (agent_id, provider, model, system_prompt, version, is_active)
VALUES (1, 'OPENAI', 'old-staging-model', 'Say that you are old-staging.', 1, true);

INSERT INTO analytics_events (id, occurred_at, campaign_id, kind, page_url, properties)
VALUES ('00000000-0000-4000-8000-000000000001', '2026-02-03 12:00:00+00', 1, 'CLICK',
        'https://example.com/old-staging', '{"from": "old-staging"}');

INSERT INTO analytics_daily (campaign_id, day, impressions, clicks, conversions, spend, note)
VALUES (1, '2026-02-03', 100, 5, 1, 3.20, 'old-staging');

INSERT INTO content_reviews (content_id, place, project_id, user_id, step, comment)
VALUES (1, 1, 1, 1, 'SUBMITTED', 'old-staging');

INSERT INTO model_prices (provider, model, input_per_million, output_per_million)
VALUES ('OPENAI', 'old-staging-model', 1.00, 2.00);

INSERT INTO task_runs (task_id, attempt, configuration_id, input_tokens, output_tokens, cost, started_at)
VALUES (1, 1, 1, 100, 20, 0.000140, '2026-02-03 12:00:00+00');

INSERT INTO attributions (conversion_id, touch, campaign_id, weight, value)
VALUES ('00000000-0000-4000-8000-000000000001', 1, 1, 1, 10.00);

INSERT INTO customer_cohorts (project_id, cohort_month, months_later, customers, active)
VALUES (1, '2026-02-01', 0, 1, 1);
