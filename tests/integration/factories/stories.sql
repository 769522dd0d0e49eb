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
