"""What follows when another database has become staging: its Redis, its services, a command. None of it undoes that.

`tables`, `emptied`, `celery`, `apart`, `services`, `check` decide; `emptying`, `asking`, `restarting`, `waiting`,
`command` act; `following` has the steps in their order.
"""
