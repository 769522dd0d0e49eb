"""The audit trail: a line before and after every step, each sealed over the one before, kept twice, never rewritten."""

from operations.audit.line import AuditLine
from operations.audit.trail import AuditTrail

__all__ = ["AuditLine", "AuditTrail"]
