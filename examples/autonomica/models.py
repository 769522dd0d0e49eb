"""The application's own eight tables as SQLAlchemy models: what revisions 0001 to 0003 of the history make."""

import enum
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Enum, ForeignKey, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class UserRole(enum.Enum):
    """What somebody is."""

    ADMIN = "admin"
    MANAGER = "manager"
    EDITOR = "editor"
    CREATOR = "creator"
    VIEWER = "viewer"


class Permission(enum.Enum):
    """What somebody may do."""

    CREATE_CONTENT = "create_content"
    EDIT_CONTENT = "edit_content"
    DELETE_CONTENT = "delete_content"
    PUBLISH_CONTENT = "publish_content"
    APPROVE_CONTENT = "approve_content"
    MANAGE_SOCIAL_ACCOUNTS = "manage_social_accounts"
    SCHEDULE_POSTS = "schedule_posts"
    PUBLISH_POSTS = "publish_posts"
    VIEW_ANALYTICS = "view_analytics"
    MANAGE_ANALYTICS = "manage_analytics"
    MANAGE_USERS = "manage_users"
    ASSIGN_ROLES = "assign_roles"
    VIEW_USERS = "view_users"
    MANAGE_SETTINGS = "manage_settings"
    VIEW_LOGS = "view_logs"
    MANAGE_INTEGRATIONS = "manage_integrations"


class AgentStatus(enum.Enum):
    """Whether an agent works."""

    ONLINE = "online"
    OFFLINE = "offline"
    BUSY = "busy"


class TaskStatus(enum.Enum):
    """How far a task is."""

    PENDING = "pending"
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"
    FAILED = "failed"


class ContentStatus(enum.Enum):
    """How far a piece is on its way to the public."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    REJECTED = "rejected"
    PUBLISHED = "published"


class Base(DeclarativeBase):
    """All models; their enums are named as the migrations name them."""

    type_annotation_map = {  # noqa: RUF012  # SQLAlchemy reads it from the class
        **{
            kind: Enum(kind, name=kind.__name__.lower())
            for kind in (UserRole, Permission, AgentStatus, TaskStatus, ContentStatus)
        },
        dict[str, Any]: JSON,
        list[Any]: JSON,
    }

    id: Mapped[int] = mapped_column(primary_key=True)


class User(Base):
    """Somebody who signs in."""

    __tablename__ = "users"

    clerk_id: Mapped[str] = mapped_column(unique=True, index=True)
    email: Mapped[str] = mapped_column(unique=True, index=True)
    first_name: Mapped[str | None]
    last_name: Mapped[str | None]
    role: Mapped[UserRole | None]
    is_active: Mapped[bool | None]
    is_verified: Mapped[bool | None]
    last_login: Mapped[datetime | None]
    created_at: Mapped[datetime | None]
    updated_at: Mapped[datetime | None]
    agents: Mapped[list["Agent"]] = relationship(back_populates="user")
    permissions: Mapped[list["UserPermission"]] = relationship(
        back_populates="user", foreign_keys="UserPermission.user_id"
    )


class UserPermission(Base):
    """One thing that somebody may do, until it runs out."""

    __tablename__ = "user_permissions"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    permission: Mapped[Permission]
    granted_at: Mapped[datetime | None]
    granted_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    expires_at: Mapped[datetime | None]
    user: Mapped[User] = relationship(back_populates="permissions", foreign_keys=user_id)


class SocialAccount(Base):
    """An account at a network, to which posts go."""

    __tablename__ = "social_accounts"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    platform: Mapped[str]
    account_name: Mapped[str | None]
    account_id: Mapped[str | None]
    access_token: Mapped[str | None]
    refresh_token: Mapped[str | None]
    token_expires_at: Mapped[datetime | None]
    is_active: Mapped[bool | None]
    permissions: Mapped[list[Any] | None]
    platform_metadata: Mapped[dict[str, Any] | None]
    user: Mapped[User] = relationship()


class Agent(Base):
    """An agent that writes and plans."""

    __tablename__ = "agents"

    name: Mapped[str] = mapped_column(unique=True, index=True)
    role: Mapped[str | None]
    status: Mapped[AgentStatus | None]
    capabilities: Mapped[list[Any] | None]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    user: Mapped[User | None] = relationship(back_populates="agents")
    tasks: Mapped[list["Task"]] = relationship(back_populates="agent")


class AgentContext(Base):
    """What an agent remembers."""

    __tablename__ = "agent_contexts"

    agent_id: Mapped[int | None] = mapped_column(ForeignKey("agents.id"))
    context: Mapped[dict[str, Any] | None]
    agent: Mapped[Agent | None] = relationship()


class Task(Base):
    """Something an agent works on."""

    __tablename__ = "tasks"

    title: Mapped[str]
    description: Mapped[str | None] = mapped_column(Text)
    status: Mapped[TaskStatus | None]
    priority: Mapped[int | None]
    cost_tokens: Mapped[int | None]
    agent_id: Mapped[int | None] = mapped_column(ForeignKey("agents.id"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    agent: Mapped[Agent | None] = relationship(back_populates="tasks")
    user: Mapped[User | None] = relationship()


class ContentPiece(Base):
    """A text on its way to the public."""

    __tablename__ = "content_pieces"

    title: Mapped[str]
    content: Mapped[str | None] = mapped_column(Text)
    kind: Mapped[str | None] = mapped_column("type")
    status: Mapped[ContentStatus | None]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    author: Mapped[User | None] = relationship()


class SocialPost(Base):
    """A piece as it stands at a network."""

    __tablename__ = "social_posts"

    platform: Mapped[str | None]
    content_id: Mapped[int | None] = mapped_column(ForeignKey("content_pieces.id"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    status: Mapped[str | None]
    metrics: Mapped[dict[str, Any] | None]
    publish_date: Mapped[datetime | None]
    piece: Mapped[ContentPiece | None] = relationship()
