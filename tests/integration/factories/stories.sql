-- What has to hold in Autonomica's rows, a query each: how many rows break it. The anchor is 2026-03-01 18:00 UTC.
-- No day has more clicks than impressions, or more conversions than clicks.
SELECT count(*)
FROM analytics_daily
WHERE NOT (impressions>=clicks AND clicks>=conversions);
-- Every day counts its events, and no event lies on a day without a row.
SELECT count(*)
FROM (SELECT campaign_id, (occurred_at AT TIME ZONE 'UTC')::date d, count(*) FILTER (WHERE kind='IMPRESSION') i, count(*) FILTER (WHERE kind='CLICK') c, count(*) FILTER (WHERE kind='CONVERSION') v
FROM analytics_events GROUP BY 1,2) e
FULL JOIN analytics_daily a ON a.campaign_id=e.campaign_id AND a.day=e.d
WHERE (coalesce(e.i,0),coalesce(e.c,0),coalesce(e.v,0)) IS DISTINCT
FROM (a.impressions,a.clicks,a.conversions);
-- No campaign spent more than its budget; one that is over spent all of it.
SELECT count(*)
FROM (SELECT c.id, c.budget, c.status, sum(spend) s
FROM campaigns c
JOIN analytics_daily d ON d.campaign_id=c.id GROUP BY 1,2,3) x
WHERE s>budget OR (status='COMPLETED' AND s<>budget);
-- A project's campaigns have no more to spend than the project.
SELECT count(*)
FROM (SELECT p.id,p.budget,sum(c.budget) s
FROM projects p
JOIN campaigns c ON c.project_id=p.id GROUP BY 1,2) x
WHERE s>budget;
-- Campaigns lie inside their project's dates, and were made after it.
SELECT count(*)
FROM campaigns c
JOIN projects p ON p.id=c.project_id
WHERE c.starts_on<p.starts_on OR c.ends_on>p.ends_on OR c.created_at<p.created_at;
-- Owners joined before their project was made.
SELECT count(*)
FROM projects p
JOIN users u ON u.id=p.owner_id
WHERE p.created_at<u.created_at;
-- Members joined the project after themselves and after it, and not ahead.
SELECT count(*)
FROM project_members m
JOIN users u ON u.id=m.user_id
JOIN projects p ON p.id=m.project_id
WHERE m.joined_at<u.created_at OR m.joined_at<p.created_at OR m.joined_at>'2026-03-01 18:00+00';
-- A project's owner is one of its members.
SELECT count(*)
FROM projects p
WHERE NOT EXISTS (SELECT
FROM project_members m
WHERE m.project_id=p.id AND m.user_id=p.owner_id AND m.role='OWNER');
-- Whoever took a step of a review was a member of the project by then.
SELECT count(*)
FROM content_reviews r
LEFT JOIN project_members m ON m.project_id=r.project_id AND m.user_id=r.user_id
WHERE m.user_id IS NULL OR r.happened_at<m.joined_at OR r.happened_at>'2026-03-01 18:00+00';
-- Whoever decided may approve, and did not write it.
SELECT count(*)
FROM content_reviews r
JOIN content_pieces c ON c.id=r.content_id
JOIN users u ON u.id=r.user_id
WHERE step IN ('APPROVED','REJECTED','CHANGES_REQUESTED') AND (u.role NOT IN ('ADMIN','MANAGER','EDITOR') OR r.user_id=c.user_id);
-- A review's steps follow each other.
SELECT count(*)
FROM (SELECT happened_at, lag(happened_at) OVER (PARTITION BY content_id ORDER BY place) l
FROM content_reviews) x
WHERE l>happened_at;
-- A piece's state is what its last step made of it.
SELECT count(*)
FROM content_pieces c
LEFT JOIN LATERAL (SELECT step::text
FROM content_reviews r
WHERE r.content_id=c.id ORDER BY place DESC LIMIT 1) r ON true
WHERE c.status::text <> CASE step WHEN 'SUBMITTED' THEN 'IN_REVIEW' WHEN 'CHANGES_REQUESTED' THEN 'DRAFT' ELSE coalesce(step,'DRAFT') END;
-- Posts are by the author of their piece, which was published before.
SELECT count(*)
FROM social_posts s
JOIN content_pieces c ON c.id=s.content_id
LEFT JOIN content_reviews r ON r.content_id=c.id AND r.step='PUBLISHED'
WHERE s.user_id<>c.user_id OR (s.publish_date AT TIME ZONE 'UTC')<r.happened_at OR c.status<>'PUBLISHED';
-- A task's tokens are those of its runs.
SELECT count(*)
FROM tasks t
LEFT JOIN (SELECT task_id, sum(input_tokens+output_tokens) s
FROM task_runs GROUP BY 1) r ON r.task_id=t.id
WHERE t.cost_tokens<>coalesce(s,0);
-- A run costs its tokens at its model's price, and began after its configuration was set up.
SELECT count(*)
FROM task_runs r
JOIN agent_configurations g ON g.id=r.configuration_id
LEFT JOIN model_prices p ON p.model=g.model
WHERE r.cost <> round((r.input_tokens*coalesce(p.input_per_million,0)+r.output_tokens*coalesce(p.output_per_million,0))/1000000,6) OR r.started_at<g.created_at;
-- A run has the configuration in use of the task's agent.
SELECT count(*)
FROM task_runs r
JOIN tasks t ON t.id=r.task_id
JOIN agent_configurations g ON g.id=r.configuration_id
WHERE g.agent_id<>t.agent_id OR NOT g.is_active;
-- One version of each agent is in use, the newest.
SELECT count(*)
FROM (SELECT agent_id, count(*) FILTER (WHERE is_active) a, bool_or(is_active AND version=mx) b
FROM (SELECT *, max(version) OVER (PARTITION BY agent_id) mx
FROM agent_configurations) z GROUP BY 1) x
WHERE a<>1 OR NOT b;
-- Versions were made one after the other.
SELECT count(*)
FROM (SELECT created_at, lag(created_at) OVER (PARTITION BY agent_id ORDER BY version) l
FROM agent_configurations) x
WHERE l>=created_at;
-- The touches of a conversion weigh one together.
SELECT count(*)
FROM (SELECT conversion_id, sum(weight) w
FROM attributions GROUP BY 1) x
WHERE w<>1;
-- A cohort's customers are the month's conversions, all of them there at first.
SELECT count(*)
FROM customer_cohorts c
JOIN LATERAL (SELECT coalesce(sum(conversions),0) s
FROM analytics_daily d
JOIN campaigns k ON k.id=d.campaign_id
WHERE k.project_id=c.project_id AND date_trunc('month',d.day)=c.cohort_month) x ON true
WHERE s<>customers OR (months_later=0 AND active<>customers);
-- A session's click comes after its impression, its conversion after its click, on the same campaign.
SELECT count(*)
FROM (SELECT kind, occurred_at, campaign_id, lag(kind) OVER w lk, lag(occurred_at) OVER w lo, lag(campaign_id) OVER w lc
FROM analytics_events WINDOW w AS (PARTITION BY session_id ORDER BY kind)) x
WHERE kind IN ('CLICK','CONVERSION') AND (lo>occurred_at OR lc<>campaign_id OR lk IS NULL);
-- Events of a post come after it was out.
SELECT count(*)
FROM analytics_events e
JOIN social_posts s ON s.id=e.post_id
WHERE e.occurred_at < s.publish_date AT TIME ZONE 'UTC' OR s.status<>'published';
-- A project's main campaign is its own.
SELECT count(*)
FROM projects p
LEFT JOIN campaigns c ON c.id=p.main_campaign_id
WHERE c.project_id IS DISTINCT
FROM p.id;
-- A part of a project came after it, for the same client.
SELECT count(*)
FROM projects p
JOIN projects w ON w.id=p.parent_id
WHERE p.created_at<w.created_at OR p.client<>w.client;
-- Unwanted keywords have no bid.
SELECT count(*)
FROM keywords
WHERE is_negative <> (max_bid IS NULL);
-- Flights lie inside their campaign's dates.
SELECT count(*)
FROM campaign_flights f
JOIN campaigns c ON c.id=f.campaign_id
WHERE NOT f.during <@ daterange(c.starts_on, c.ends_on, '[]');
-- Nothing was updated before it was made.
SELECT count(*)
FROM (SELECT created_at, updated_at FROM projects
      UNION ALL SELECT created_at, updated_at FROM campaigns
      UNION ALL SELECT created_at, updated_at FROM agent_configurations) AS x
WHERE updated_at < created_at;
-- Every conversion is attributed, and nothing else.
SELECT count(*)
FROM (SELECT id FROM analytics_events WHERE kind = 'CONVERSION') AS e
FULL JOIN (SELECT DISTINCT conversion_id AS id FROM attributions) AS a USING (id)
WHERE e.id IS NULL OR a.id IS NULL;
-- Nobody who may only look edits for a project.
SELECT count(*)
FROM project_members m
JOIN users u ON u.id = m.user_id
WHERE u.role = 'VIEWER' AND m.role = 'EDITOR';
-- Nothing was made, updated, granted or seen after the anchor.
SELECT count(*)
FROM (SELECT updated_at AS at FROM projects
      UNION ALL SELECT updated_at FROM campaigns
      UNION ALL SELECT updated_at FROM agent_configurations
      UNION ALL SELECT finished_at FROM task_runs
      UNION ALL SELECT greatest(created_at, updated_at, last_login) AT TIME ZONE 'UTC' FROM users
      UNION ALL SELECT granted_at AT TIME ZONE 'UTC' FROM user_permissions
      UNION ALL SELECT publish_date AT TIME ZONE 'UTC' FROM social_posts) AS x
WHERE at > '2026-03-01 18:00+00';
-- Nobody was seen before joining, and nobody at all who was never verified.
SELECT count(*)
FROM users
WHERE last_login < created_at OR last_login > updated_at OR (last_login IS NOT NULL AND NOT is_verified);
-- Permissions were granted by an administrator, after both had joined.
SELECT count(*)
FROM user_permissions p
JOIN users u ON u.id = p.user_id
JOIN users g ON g.id = p.granted_by
WHERE p.granted_at < greatest(u.created_at, g.created_at) OR p.expires_at <= p.granted_at OR g.role <> 'ADMIN';
-- Whoever took a step of a review had the permission for it then.
SELECT count(*)
FROM content_reviews r
WHERE NOT EXISTS (SELECT
FROM user_permissions p
WHERE p.user_id = r.user_id
  AND p.permission::text = CASE r.step WHEN 'SUBMITTED' THEN 'CREATE_CONTENT' WHEN 'PUBLISHED' THEN 'PUBLISH_CONTENT' ELSE 'APPROVE_CONTENT' END
  AND p.granted_at AT TIME ZONE 'UTC' <= r.happened_at
  AND coalesce(p.expires_at AT TIME ZONE 'UTC' > r.happened_at, true));
-- Whoever posted had the permission to.
SELECT count(*)
FROM social_posts s
WHERE s.status = 'published' AND NOT EXISTS (SELECT
FROM user_permissions p
WHERE p.user_id = s.user_id AND p.permission = 'PUBLISH_POSTS' AND p.granted_at <= s.publish_date
  AND coalesce(p.expires_at > s.publish_date, true));
-- Posts are on a platform on which their author has an account in use.
SELECT count(*)
FROM social_posts s
WHERE NOT EXISTS (SELECT
FROM social_accounts a
WHERE a.user_id = s.user_id AND a.platform = s.platform AND a.is_active);
-- Reviews took place while the project was there; what is for one that has not begun is not out, and of one that is over nothing waits.
SELECT count(*)
FROM content_reviews r
JOIN content_pieces c ON c.id = r.content_id
JOIN projects p ON p.id = r.project_id
WHERE r.happened_at < p.created_at OR (r.happened_at AT TIME ZONE 'UTC')::date > p.ends_on
   OR (p.status = 'DRAFT' AND c.status = 'PUBLISHED')
   OR (p.status IN ('FINISHED', 'ARCHIVED') AND c.status IN ('IN_REVIEW', 'APPROVED'));
-- Nobody joined a project that was over, and nobody who may not come in is on one, or has agents or accounts.
SELECT count(*)
FROM (SELECT m.user_id, (m.joined_at AT TIME ZONE 'UTC')::date > p.ends_on AS late
      FROM project_members m JOIN projects p ON p.id = m.project_id
      UNION ALL SELECT user_id, false FROM agents
      UNION ALL SELECT user_id, false FROM social_accounts) AS x
JOIN users u ON u.id = x.user_id
WHERE x.late OR NOT u.is_active OR NOT u.is_verified;
-- Agents were set up, and tasks run, after everybody whom they are for had joined.
SELECT count(*)
FROM (SELECT g.created_at AS at, a.user_id FROM agent_configurations g JOIN agents a ON a.id = g.agent_id
      UNION ALL SELECT g.created_at, g.created_by FROM agent_configurations g
      UNION ALL SELECT r.started_at, t.user_id FROM task_runs r JOIN tasks t ON t.id = r.task_id) AS x
JOIN users u ON u.id = x.user_id
WHERE x.at < u.created_at AT TIME ZONE 'UTC';
-- Runs of a task follow each other, all but the last failed, and none goes on at an agent that is offline.
SELECT count(*)
FROM (SELECT r.*, row_number() OVER w AS n, lag(r.finished_at) OVER w AS before, lead(r.id) OVER w AS after
      FROM task_runs r WINDOW w AS (PARTITION BY task_id ORDER BY attempt)) AS x
JOIN tasks t ON t.id = x.task_id
JOIN agents a ON a.id = t.agent_id
WHERE x.n <> x.attempt OR x.started_at < x.before OR (x.after IS NOT NULL AND x.error IS NULL)
   OR (x.finished_at IS NULL AND (t.status <> 'IN_PROGRESS' OR a.status = 'OFFLINE'));
-- A campaign's state fits its dates and its project's state.
SELECT count(*)
FROM campaigns c
JOIN projects p ON p.id = c.project_id
WHERE (c.status = 'DRAFT') <> (c.starts_on > '2026-03-01') OR (c.status = 'COMPLETED') <> (c.ends_on < '2026-03-01')
   OR (c.status = 'ACTIVE' AND p.status <> 'ACTIVE');
-- A campaign has a row for each day from its first to its last, and events on no other.
SELECT count(*)
FROM (SELECT campaign_id, max(day) - min(day) + 1 - count(*) AS gaps, min(day) AS first, max(day) AS last
      FROM analytics_daily GROUP BY 1) AS x
JOIN campaigns c ON c.id = x.campaign_id
WHERE gaps <> 0 OR first < c.starts_on OR last > c.ends_on;
-- The touches of a conversion are campaigns of its project that had begun, the last its own.
SELECT count(*)
FROM (SELECT a.*, touch = max(touch) OVER (PARTITION BY conversion_id) AS last FROM attributions a) AS a
JOIN analytics_events e ON e.id = a.conversion_id
JOIN campaigns own ON own.id = e.campaign_id
JOIN campaigns c ON c.id = a.campaign_id
WHERE c.project_id <> own.project_id OR c.starts_on > (e.occurred_at AT TIME ZONE 'UTC')::date
   OR (a.last AND c.id <> own.id);
-- Visits are to the site of the project's client.
SELECT count(*)
FROM analytics_events e
JOIN campaigns c ON c.id = e.campaign_id
JOIN projects p ON p.id = c.project_id
WHERE NOT starts_with(e.page_url, p.settings->>'website' || '/');
-- No cohort grows.
SELECT count(*)
FROM (SELECT active, lag(active) OVER (PARTITION BY project_id, cohort_month ORDER BY months_later) AS before
      FROM customer_cohorts) AS x
WHERE active > before;
-- A part of a project lies inside its dates, belongs to the same owner, and wants something else.
SELECT count(*)
FROM projects p
JOIN projects w ON w.id = p.parent_id
WHERE p.goal = w.goal OR p.starts_on < w.starts_on OR p.ends_on > w.ends_on OR p.owner_id <> w.owner_id;
-- The token of an account in use has not run out.
SELECT count(*)
FROM social_accounts
WHERE is_active <> (token_expires_at > '2026-03-01 18:00');
-- A project's budget holds that of its part beside those of its own campaigns.
SELECT count(*)
FROM projects p
JOIN projects w ON w.id = p.parent_id
WHERE p.budget + (SELECT sum(budget) FROM campaigns c WHERE c.project_id = w.id) > w.budget;
-- With a project its part is deleted, and nothing happens in either afterwards.
SELECT count(*)
FROM projects p
LEFT JOIN projects w ON w.id = p.parent_id
WHERE (w.deleted_at IS NOT NULL AND p.deleted_at IS DISTINCT FROM w.deleted_at)
   OR p.deleted_at < (SELECT max(at) FROM (
        SELECT m.joined_at AS at FROM project_members m WHERE m.project_id = p.id
        UNION ALL SELECT r.happened_at FROM content_reviews r WHERE r.project_id = p.id
        UNION ALL SELECT c.updated_at FROM campaigns c WHERE c.project_id = p.id
        UNION ALL SELECT s.publish_date AT TIME ZONE 'UTC' FROM social_posts s JOIN content_reviews r USING (content_id) WHERE r.project_id = p.id
        UNION ALL SELECT d.day AT TIME ZONE 'UTC' FROM analytics_daily d JOIN campaigns c ON c.id = d.campaign_id WHERE c.project_id = p.id) AS x);
-- Posts go out while their project is there.
SELECT count(*)
FROM social_posts s
JOIN (SELECT DISTINCT content_id, project_id FROM content_reviews) AS r USING (content_id)
JOIN projects p ON p.id = r.project_id
WHERE s.publish_date::date > p.ends_on + 1;
-- What is over was touched last when it was over, and what was deleted when it was deleted.
SELECT count(*)
FROM (SELECT updated_at, ends_on, status IN ('FINISHED', 'ARCHIVED') AND deleted_at IS NULL AS over, deleted_at FROM projects
      UNION ALL SELECT updated_at, ends_on, status = 'COMPLETED', NULL FROM campaigns) AS x
WHERE (over AND (updated_at AT TIME ZONE 'UTC')::date <= ends_on) OR updated_at < deleted_at;
-- Nobody who leads or edits in the application is a guest in a project.
SELECT count(*)
FROM project_members m
JOIN users u ON u.id = m.user_id
WHERE m.role = 'GUEST' AND u.role <> 'VIEWER';
-- Nobody grants permissions to themselves.
SELECT count(*)
FROM user_permissions
WHERE granted_by = user_id;
-- No run is above the limits of its configuration.
SELECT count(*)
FROM task_runs r
JOIN agent_configurations g ON g.id = r.configuration_id
WHERE r.output_tokens > (g.limits->>'max_tokens')::int OR r.cost > (g.limits->>'max_cost_usd')::numeric
   OR r.finished_at - r.started_at > (g.limits->>'max_seconds')::int * interval '1 second';
-- A run that got no answer cost nothing, and one that waited for it waited as long as it says.
SELECT count(*)
FROM task_runs
WHERE (error IS NOT NULL AND error <> 'The answer is not valid JSON' AND (input_tokens, output_tokens, cost) <> (0, 0, 0))
   OR (error LIKE '% within 120 s' AND finished_at - started_at < interval '120 seconds');
-- A task has the runs of its state, and goes on at a busy agent.
SELECT count(*)
FROM tasks t
LEFT JOIN agents a ON a.id = t.agent_id
CROSS JOIN LATERAL (SELECT count(*) AS runs, count(error) AS failed, count(*) FILTER (WHERE finished_at IS NULL) AS open
                    FROM task_runs r WHERE r.task_id = t.id) AS r
WHERE CASE t.status
        WHEN 'PENDING' THEN runs > 0
        WHEN 'IN_PROGRESS' THEN (runs, failed, open) <> (1, 0, 1) OR a.status <> 'BUSY'
        WHEN 'COMPLETED' THEN runs = 0 OR open > 0 OR failed <> runs - 1
        ELSE runs = 0 OR open > 0 OR failed <> runs END;
-- Each version of a prompt has the rules of the one before it, and one more; its tools are those of its agent.
SELECT count(*)
FROM (SELECT g.*, lag(system_prompt) OVER (PARTITION BY agent_id ORDER BY version) AS before FROM agent_configurations g) AS x
JOIN agents a ON a.id = x.agent_id
WHERE x.model <> 'gpt-that-does-not-exist' AND (NOT starts_with(system_prompt, before) OR x.tools <> a.capabilities::jsonb);
-- Each month in which a project won customers is a cohort, with a row for each month since.
SELECT count(*)
FROM (SELECT project_id, cohort_month AS month, count(*) AS rows, max(months_later) + 1 AS months
      FROM customer_cohorts GROUP BY 1, 2) AS c
FULL JOIN (SELECT k.project_id, date_trunc('month', d.day)::date AS month
           FROM analytics_daily d JOIN campaigns k ON k.id = d.campaign_id
           WHERE d.day >= '2025-04-01' GROUP BY 1, 2 HAVING sum(d.conversions) > 0) AS d USING (project_id, month)
WHERE rows IS DISTINCT FROM months OR d.month IS NULL OR c.month IS NULL
   OR month + (months - 1) * interval '1 month' <> '2026-03-01';
-- All events of a session are of one visitor and one campaign.
SELECT count(*)
FROM (SELECT FROM analytics_events GROUP BY session_id
      HAVING count(DISTINCT properties::text) > 1 OR count(DISTINCT campaign_id) > 1) AS x;
-- Events of a post are of a campaign of the project that it was written for.
SELECT count(*)
FROM analytics_events e
JOIN social_posts s ON s.id = e.post_id
JOIN campaigns c ON c.id = e.campaign_id
JOIN (SELECT DISTINCT content_id, project_id FROM content_reviews) AS r ON r.content_id = s.content_id
WHERE r.project_id <> c.project_id OR c.channel <> 'SOCIAL';
-- A project names the channels of its campaigns, and no others.
SELECT count(*)
FROM projects p
WHERE (SELECT array_agg(DISTINCT channel::text ORDER BY channel::text) FROM campaigns c WHERE c.project_id = p.id)
      IS DISTINCT FROM (SELECT array_agg(name ORDER BY name) FROM unnest(p.channels::text[]) AS name);
-- No two headlines, tasks, campaigns, projects or accounts on a platform are called alike.
SELECT (SELECT count(*) - count(DISTINCT title) FROM content_pieces)
     + (SELECT count(*) - count(DISTINCT title) FROM tasks)
     + (SELECT count(*) - count(DISTINCT name) FROM campaigns)
     + (SELECT count(*) - count(DISTINCT name) FROM projects)
     + (SELECT count(*) - count(DISTINCT (platform, account_name)) FROM social_accounts);
-- What agents know and work on is about the projects' clients, and so are the accounts.
SELECT count(*)
FROM (SELECT context->>'client' AS client FROM agent_contexts
      UNION ALL SELECT substring(title FROM ' \(([^()]+)\)$') FROM tasks) AS x
WHERE NOT EXISTS (SELECT FROM projects p WHERE p.client = x.client);
-- The accounts are the clients'.
SELECT count(*)
FROM social_accounts a
WHERE NOT EXISTS (SELECT
FROM projects p
WHERE starts_with(a.account_name, replace(substring(p.settings->>'website' FROM '//(.*)[.]example'), '-', '_')));
-- What is made takes place before now, not at the very end of history.
SELECT count(*)
FROM (SELECT created_at AS at FROM projects UNION ALL SELECT created_at FROM campaigns
      UNION ALL SELECT created_at FROM agent_configurations UNION ALL SELECT joined_at FROM project_members
      UNION ALL SELECT happened_at FROM content_reviews) AS x
WHERE at >= '2026-03-01 18:00+00';
-- Posts of one piece are on different days.
SELECT count(*)
FROM (SELECT FROM social_posts WHERE publish_date IS NOT NULL
      GROUP BY content_id, publish_date::date HAVING count(*) > 1) AS x;
-- One agent is broken on purpose: its newest configuration is, some task of it has failed, none was done, and it leads no project.
SELECT abs((SELECT count(*) > 2 FROM agents)::int - count(*)) + count(*) FILTER (WHERE NOT g.is_active) + count(p.id) + count(*) FILTER (WHERE t.failed = 0 OR t.done > 0)
FROM agent_configurations g
LEFT JOIN projects p ON p.lead_agent_id = g.agent_id
CROSS JOIN LATERAL (SELECT count(*) FILTER (WHERE status = 'FAILED') AS failed,
                           count(*) FILTER (WHERE status IN ('COMPLETED', 'IN_PROGRESS')) AS done
                    FROM tasks WHERE agent_id = g.agent_id) AS t
WHERE g.model = 'gpt-that-does-not-exist';
-- Rates and costs of a day are those of its own numbers.
SELECT count(*)
FROM analytics_daily
WHERE (impressions > 0 AND abs(click_rate - clicks::numeric / impressions) > 0.001)
   OR (clicks > 0 AND abs(cost_per_click - spend / clicks) > 0.01);
-- A visit came by its campaign's channel, from the country that its project is for.
SELECT count(*)
FROM analytics_events e
JOIN campaigns c ON c.id = e.campaign_id
JOIN projects p ON p.id = c.project_id
WHERE e.properties->>'utm_source' <> CASE c.channel::text WHEN 'EMAIL' THEN 'newsletter' ELSE lower(c.channel::text) END
   OR e.properties->>'country' <> p.audience->>'country';
-- A campaign that runs has spent no more than its days' part of the budget, and has a row for each day of the last week.
SELECT count(*)
FROM (SELECT c.*, '2026-03-01' - c.starts_on + 1 AS passed FROM campaigns c WHERE c.status = 'ACTIVE') AS c
CROSS JOIN LATERAL (SELECT sum(spend) AS spent, count(*) FILTER (WHERE day > '2026-02-22') AS days
                    FROM analytics_daily d WHERE d.campaign_id = c.id) AS d
WHERE spent > budget * passed / (ends_on - starts_on + 1) + 1 OR d.days <> least(passed, 7);
-- The touches of an order share its worth as they weigh, to two cents.
SELECT count(*)
FROM (SELECT *, sum(value) OVER (PARTITION BY conversion_id) AS worth FROM attributions) AS a
WHERE abs(value - worth * weight) > 0.02;
-- Whoever invited somebody to a project was on it before.
SELECT count(*)
FROM project_members m
LEFT JOIN project_members i ON i.project_id = m.project_id AND i.user_id = m.invited_by
WHERE m.invited_by IS NOT NULL AND (i.user_id IS NULL OR i.joined_at > m.joined_at);
-- No campaign looks for the same words twice, and no two industries for the same.
SELECT (SELECT count(*) FROM (SELECT FROM keywords GROUP BY campaign_id, lower(phrase) HAVING count(*) > 1) AS x)
     + (SELECT count(*) FROM (SELECT FROM keywords k JOIN campaigns c ON c.id = k.campaign_id JOIN projects p ON p.id = c.project_id
                              WHERE NOT k.is_negative GROUP BY k.phrase HAVING count(DISTINCT p.industry) > 1) AS x);
-- A project is led by who may lead, is named after the quarter in which it starts, and is in a time zone of its country.
SELECT count(*)
FROM projects p
JOIN users u ON u.id = p.owner_id
WHERE u.role NOT IN ('ADMIN', 'MANAGER')
   OR NOT p.name LIKE format('%%(Q%s %s)', extract(quarter FROM p.starts_on), extract(year FROM p.starts_on))
   OR NOT EXISTS (SELECT FROM pg_timezone_names z WHERE z.name = p.settings->>'timezone')
   OR EXISTS (SELECT FROM projects o WHERE o.settings->>'timezone' = p.settings->>'timezone'
              AND o.audience->>'country' <> p.audience->>'country');
-- Ids of the sign-in service have its form, no two differ in capitals alone, and whoever may only look may do no more.
SELECT (SELECT count(*) FROM users WHERE clerk_id !~ '^user_[A-Za-z0-9]{27}$')
     + (SELECT count(*) - count(DISTINCT lower(clerk_id)) FROM users)
     + (SELECT count(*) FROM user_permissions p JOIN users u ON u.id = p.user_id WHERE u.role = 'VIEWER' AND p.permission::text !~ '^VIEW_');
-- Whoever is busy is so with a task that goes on.
SELECT count(*)
FROM agents a
WHERE (a.status = 'BUSY') <> EXISTS (SELECT FROM tasks t WHERE t.agent_id = a.id AND t.status = 'IN_PROGRESS');
-- What is known of a client is known to an agent.
SELECT count(*)
FROM agent_contexts
WHERE agent_id IS NULL;
-- Nothing waits to be sent.
SELECT count(*)
FROM social_posts
WHERE status NOT IN ('published', 'draft', 'failed') OR (status = 'published') <> (publish_date IS NOT NULL AND metrics->'views' IS NOT NULL);
-- But for the one that is broken, a configuration names a model of its provider, has a whole prompt, tools and limits.
SELECT count(*)
FROM agent_configurations g
WHERE model <> 'gpt-that-does-not-exist'
  AND (NOT EXISTS (SELECT FROM model_prices p WHERE p.model = g.model AND p.provider = g.provider::text)
       OR system_prompt NOT LIKE 'You are the %## Task%## Answer with%## Rules%' OR jsonb_array_length(tools) = 0
       OR (limits->'max_tokens')::int < 1 OR (limits->'max_seconds')::int < 1 OR (limits->'max_cost_usd')::numeric <= 0
       OR num_nulls(limits->'max_tokens', limits->'max_seconds', limits->'max_cost_usd') > 0);
-- Somebody came by in the last hour, and on each of the last seven days.
SELECT count(*)
FROM (SELECT max(occurred_at) AS newest FROM analytics_events) AS e
CROSS JOIN generate_series(date '2026-02-23', '2026-03-01', '1 day') AS day
WHERE newest <= '2026-03-01 17:00+00'
   OR (newest IS NOT NULL AND NOT EXISTS (SELECT FROM analytics_daily d WHERE d.day = day::date AND impressions > 0));
