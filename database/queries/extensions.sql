-- Which extensions are installed, and in which version.
SELECT extname, extversion FROM pg_extension ORDER BY extname
