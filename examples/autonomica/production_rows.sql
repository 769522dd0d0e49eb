-- A handful of rows for every table at revision head, on a database that has just been migrated (ids count from 1).
-- Every text, json and domain value carries the canary CANARY-7f3a (some in lower case, where a rule asks for it):
-- wherever that string turns up later, a row of production has escaped.

INSERT INTO users (clerk_id, email, first_name, last_name, role, is_active, is_verified, last_login, created_at,
                   updated_at)
VALUES
    ('user_CANARY-7f3a-1', 'canary-7f3a-1@production-people.example.org', 'Ada CANARY-7f3a', 'Okafor CANARY-7f3a',
     'ADMIN', true, true, '2026-10-30 08:12:44', '2025-01-07 09:00:00', '2026-10-30 08:12:44'),
    ('user_CANARY-7f3a-2', 'canary-7f3a-2@production-people.example.org', 'Bram CANARY-7f3a', 'Visser CANARY-7f3a',
     'MANAGER', true, true, '2026-10-29 16:40:02', '2025-02-11 10:30:00', '2026-10-29 16:40:02'),
    ('user_CANARY-7f3a-3', 'canary-7f3a-3@production-people.example.org', 'Chiara CANARY-7f3a', 'Riva CANARY-7f3a',
     'EDITOR', true, false, NULL, '2025-06-02 14:05:00', NULL),
    ('user_CANARY-7f3a-4', 'canary-7f3a-4@production-people.example.org', 'Dae CANARY-7f3a', 'Kwon CANARY-7f3a',
     'CREATOR', false, true, '2025-12-24 23:59:59', '2025-06-03 11:45:00', '2026-01-02 07:00:00'),
    ('user_CANARY-7f3a-5', 'canary-7f3a-5@production-people.example.org', 'Esi CANARY-7f3a', 'Mensah CANARY-7f3a',
     'VIEWER', true, true, '2026-09-01 12:00:00', '2026-03-15 08:20:00', '2026-09-01 12:00:00');

INSERT INTO user_permissions (user_id, permission, granted_at, granted_by, expires_at)
VALUES
    (1, 'MANAGE_USERS', '2025-01-07 09:01:00', 1, NULL),
    (2, 'APPROVE_CONTENT', '2025-02-11 10:35:00', 1, NULL),
    (3, 'EDIT_CONTENT', '2025-06-02 14:10:00', 2, '2027-06-02 14:10:00'),
    (4, 'CREATE_CONTENT', '2025-06-03 11:50:00', 2, '2025-12-31 00:00:00'),
    (5, 'VIEW_ANALYTICS', '2026-03-15 08:30:00', 1, NULL);

INSERT INTO social_accounts (user_id, platform, account_name, account_id, access_token, refresh_token,
                             token_expires_at, is_active, permissions, platform_metadata)
VALUES
    (2, 'linkedin CANARY-7f3a', 'Bram at work CANARY-7f3a', 'acct-CANARY-7f3a-1', 'access-CANARY-7f3a-1',
     'refresh-CANARY-7f3a-1', '2026-12-31 00:00:00', true, '["post", "CANARY-7f3a"]',
     '{"page": "CANARY-7f3a", "followers": 4210}'),
    (3, 'instagram CANARY-7f3a', 'Chiara draws CANARY-7f3a', 'acct-CANARY-7f3a-2', 'access-CANARY-7f3a-2',
     'refresh-CANARY-7f3a-2', '2026-11-15 00:00:00', true, '["post", "CANARY-7f3a"]', '{"bio": "CANARY-7f3a"}'),
    (4, 'x CANARY-7f3a', 'Dae CANARY-7f3a', 'acct-CANARY-7f3a-3', 'access-CANARY-7f3a-3', 'refresh-CANARY-7f3a-3',
     NULL, false, '["CANARY-7f3a"]', '{"handle": "CANARY-7f3a"}');

INSERT INTO agents (name, role, status, capabilities, user_id)
VALUES
    ('Copywriter CANARY-7f3a', 'writes CANARY-7f3a', 'ONLINE', '["draft", "CANARY-7f3a"]', 2),
    ('Analyst CANARY-7f3a', 'counts CANARY-7f3a', 'BUSY', '["report", "CANARY-7f3a"]', 2),
    ('Scheduler CANARY-7f3a', 'plans CANARY-7f3a', 'OFFLINE', '["plan", "CANARY-7f3a"]', 3);

INSERT INTO agent_contexts (agent_id, context)
VALUES
    (1, '{"brand": "CANARY-7f3a", "turns": 12}'),
    (2, '{"question": "how did CANARY-7f3a do last week?"}'),
    (3, '{"calendar": ["CANARY-7f3a"]}');

INSERT INTO tasks (title, description, status, priority, cost_tokens, agent_id, user_id)
VALUES
    ('Draft the launch CANARY-7f3a', 'Three versions CANARY-7f3a', 'COMPLETED', 1, 18250, 1, 2),
    ('Weekly numbers CANARY-7f3a', 'For the board CANARY-7f3a', 'IN_PROGRESS', 2, 4100, 2, 2),
    ('Plan November CANARY-7f3a', 'All channels CANARY-7f3a', 'PENDING', 3, 0, 3, 3),
    ('Translate CANARY-7f3a', 'Model refused CANARY-7f3a', 'FAILED', 2, 960, 1, 4);

INSERT INTO content_pieces (title, content, type, status, user_id)
VALUES
    ('Why we started CANARY-7f3a', 'A long story CANARY-7f3a', 'article CANARY-7f3a', 'PUBLISHED', 3),
    ('Autumn offer CANARY-7f3a', 'Twenty off CANARY-7f3a', 'post CANARY-7f3a', 'APPROVED', 4),
    ('Untitled CANARY-7f3a', 'Not yet CANARY-7f3a', 'video CANARY-7f3a', 'DRAFT', 4);

INSERT INTO social_posts (platform, content_id, user_id, status, metrics, publish_date)
VALUES
    ('linkedin CANARY-7f3a', 1, 3, 'published CANARY-7f3a', '{"likes": 91, "top": "CANARY-7f3a"}',
     '2026-09-14 07:30:00'),
    ('instagram CANARY-7f3a', 2, 4, 'scheduled CANARY-7f3a', '{"label": "CANARY-7f3a"}', '2026-12-01 10:00:00'),
    ('x CANARY-7f3a', 1, 3, 'failed CANARY-7f3a', '{"error": "CANARY-7f3a"}', NULL);

INSERT INTO projects (slug, name, description, status, owner_id, parent_id, lead_agent_id, settings, starts_on,
                      ends_on, brand_voice, client, industry, goal, audience, channels, budget)
VALUES
    ('canary-7f3a-brand', 'Brand CANARY-7f3a', 'Everything CANARY-7f3a', 'ACTIVE', 1, NULL, 1,
     '{"timezone": "CANARY-7f3a"}', '2025-01-15', NULL, 'Warm CANARY-7f3a',
     'Client CANARY-7f3a', 'Trade CANARY-7f3a', 'Sell CANARY-7f3a', '{"who": "CANARY-7f3a"}', '{CANARY-7f3a}', 60000.00),
    ('canary-7f3a-autumn', 'Autumn CANARY-7f3a', 'The offer CANARY-7f3a', 'ACTIVE', 2, 1, 2,
     '{"colour": "CANARY-7f3a"}', '2026-09-01', '2026-11-30', 'Brisk CANARY-7f3a',
     'Client CANARY-7f3a', 'Trade CANARY-7f3a', 'Sell CANARY-7f3a', '{"who": "CANARY-7f3a"}', '{CANARY-7f3a}', 12000.00),
    ('canary-7f3a-2025', 'Last year CANARY-7f3a', 'Done CANARY-7f3a', 'ARCHIVED', 2, 1, NULL,
     '{"archive": "CANARY-7f3a"}', '2025-01-15', '2025-12-31', 'Plain CANARY-7f3a',
     'Client CANARY-7f3a', 'Trade CANARY-7f3a', 'Sell CANARY-7f3a', '{"who": "CANARY-7f3a"}', '{CANARY-7f3a}', 4000.00);

INSERT INTO project_members (project_id, user_id, role, notify_email, invited_by, joined_at)
VALUES
    (1, 1, 'OWNER', 'canary-7f3a-1@production-people.example.org', NULL, '2025-01-15 09:00:00+00'),
    (1, 2, 'EDITOR', 'canary-7f3a-2@production-people.example.org', 1, '2025-02-12 09:00:00+00'),
    (2, 2, 'OWNER', 'canary-7f3a-2@production-people.example.org', NULL, '2026-09-01 09:00:00+00'),
    (2, 5, 'ANALYST', 'canary-7f3a-5@production-people.example.org', 2, '2026-09-02 09:00:00+00'),
    (3, 4, 'GUEST', 'canary-7f3a-4@production-people.example.org', 2, '2025-07-01 09:00:00+00');

INSERT INTO content_reviews (content_id, place, project_id, user_id, step, comment, happened_at)
VALUES
    (1, 1, 1, 3, 'SUBMITTED', 'Please look CANARY-7f3a', '2026-09-10 09:00:00+00'),
    (1, 2, 1, 2, 'APPROVED', 'Good CANARY-7f3a', '2026-09-11 09:00:00+00'),
    (2, 1, 2, 4, 'SUBMITTED', 'New offer CANARY-7f3a', '2026-09-12 09:00:00+00');

INSERT INTO campaigns (project_id, name, channel, status, objective, tags, budget, starts_on, ends_on)
VALUES
    (1, 'Always on CANARY-7f3a', 'SEARCH', 'ACTIVE', 'Be found CANARY-7f3a', '{CANARY-7f3a}', 24000.00, '2025-02-01',
     NULL),
    (2, 'Autumn social CANARY-7f3a', 'SOCIAL', 'ACTIVE', 'Sell CANARY-7f3a', '{CANARY-7f3a,autumn}', 6500.50,
     '2026-09-10', '2026-11-20'),
    (3, 'Spring mail CANARY-7f3a', 'EMAIL', 'COMPLETED', 'Win back CANARY-7f3a', '{CANARY-7f3a}', 900.00, '2025-03-01',
     '2025-04-30');

UPDATE projects SET main_campaign_id = id;

INSERT INTO keywords (campaign_id, phrase, match_type, max_bid, quality, is_negative)
VALUES
    (1, 'marketing agents CANARY-7f3a', 'PHRASE', 2.40, 8, false),
    (1, 'content planner CANARY-7f3a', 'EXACT', 1.15, 6, false),
    (1, 'free CANARY-7f3a', 'BROAD', NULL, NULL, true),
    (2, 'autumn offer CANARY-7f3a', 'BROAD', 0.65, 7, false);

INSERT INTO agent_configurations (agent_id, provider, model, temperature, system_prompt, tools, limits, version,
                                  is_active, created_by)
VALUES
    (1, 'OPENAI', 'model-a CANARY-7f3a', 0.90, 'You write for CANARY-7f3a.', '["search", "CANARY-7f3a"]',
     '{"tokens": 8000, "note": "CANARY-7f3a"}', 1, false, 2),
    (1, 'ANTHROPIC', 'model-b CANARY-7f3a', 0.70, 'You write briefly for CANARY-7f3a.', '["CANARY-7f3a"]',
     '{"tokens": 12000, "note": "CANARY-7f3a"}', 2, true, 2),
    (2, 'GOOGLE', 'model-c CANARY-7f3a', 0.00, 'You count for CANARY-7f3a.', '["sql", "CANARY-7f3a"]',
     '{"seconds": 60, "note": "CANARY-7f3a"}', 1, true, 2),
    (3, 'MISTRAL', 'model-d CANARY-7f3a', 1.25, 'You plan for CANARY-7f3a.', '["calendar", "CANARY-7f3a"]',
     '{"money": 2.5, "note": "CANARY-7f3a"}', 1, true, 3);

INSERT INTO model_prices (provider, model, input_per_million, output_per_million)
VALUES
    ('OPENAI CANARY-7f3a', 'model-a CANARY-7f3a', 2.00, 10.00),
    ('ANTHROPIC CANARY-7f3a', 'model-b CANARY-7f3a', 3.00, 15.00),
    ('GOOGLE CANARY-7f3a', 'model-c CANARY-7f3a', 1.50, 7.50);

INSERT INTO task_runs (task_id, attempt, configuration_id, input_tokens, output_tokens, cost, error, started_at,
                       finished_at)
VALUES
    (1, 1, 2, 15000, 3250, 0.093750, 'none CANARY-7f3a', '2026-10-30 09:00:00+00', '2026-10-30 09:01:10+00'),
    (2, 1, 3, 3000, 1100, 0.012750, 'none CANARY-7f3a', '2026-10-30 09:05:00+00', NULL),
    (4, 1, 2, 900, 60, 0.003600, 'refused CANARY-7f3a', '2026-10-30 09:10:00+00', '2026-10-30 09:10:09+00');

-- The first falls before the monthly partitions, so into the default one.
INSERT INTO analytics_events (id, occurred_at, campaign_id, post_id, kind, session_id, page_url, properties)
VALUES
    ('7f3a0000-0000-4000-8000-000000000001', '2024-12-31 22:10:00+00', 1, NULL, 'IMPRESSION',
     '7f3a0000-0000-4000-9000-000000000001', 'https://production-people.example.org/CANARY-7f3a',
     '{"referrer": "CANARY-7f3a"}'),
    ('7f3a0000-0000-4000-8000-000000000002', '2025-03-04 10:00:00+00', 3, NULL, 'CLICK',
     '7f3a0000-0000-4000-9000-000000000002', 'https://production-people.example.org/spring?u=CANARY-7f3a',
     '{"link": "CANARY-7f3a", "place": 2}'),
    ('7f3a0000-0000-4000-8000-000000000003', '2026-09-14 07:41:09.25+00', 2, 1, 'SHARE',
     '7f3a0000-0000-4000-9000-000000000003', 'https://production-people.example.org/autumn#CANARY-7f3a',
     '{"by": "CANARY-7f3a"}'),
    ('7f3a0000-0000-4000-8000-000000000004', '2026-10-31 23:59:59.999+00', 2, 1, 'CONVERSION',
     '7f3a0000-0000-4000-9000-000000000003', 'https://production-people.example.org/paid/CANARY-7f3a',
     '{"order": "CANARY-7f3a", "amount": 49.9}');

INSERT INTO analytics_daily (campaign_id, day, impressions, clicks, conversions, spend, note)
VALUES
    (1, '2026-10-30', 12040, 310, 12, 402.75, 'Usual CANARY-7f3a'),
    (1, '2026-10-31', 0, 0, 0, 0.00, 'Paused CANARY-7f3a'),
    (2, '2026-10-30', 55100, 940, 41, 188.20, 'Best yet CANARY-7f3a'),
    (3, '2025-03-04', 800, 800, 3, 0.00, 'Mail CANARY-7f3a');

INSERT INTO attributions (conversion_id, touch, campaign_id, weight, value)
VALUES
    ('7f3a0000-0000-4000-8000-000000000004', 1, 1, 0.300, 14.97),
    ('7f3a0000-0000-4000-8000-000000000004', 2, 1, 0.200, 9.98),
    ('7f3a0000-0000-4000-8000-000000000004', 3, 2, 0.500, 24.95);

INSERT INTO customer_cohorts (project_id, cohort_month, months_later, customers, active)
VALUES (1, '2026-09-01', 0, 12, 12), (1, '2026-09-01', 1, 12, 7), (2, '2026-10-01', 0, 41, 41);

INSERT INTO campaign_flights (campaign_id, during, brief)
VALUES
    (1, '[2026-09-01,2026-10-01)', 'Back to work CANARY-7f3a'),
    (1, '[2026-10-01,2026-11-01)', 'Carry on CANARY-7f3a'),
    (2, '[2026-09-15,2026-11-15)', 'All of autumn CANARY-7f3a');

REFRESH MATERIALIZED VIEW project_performance;
