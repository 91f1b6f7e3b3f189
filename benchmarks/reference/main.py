"""Accounts and posts, by the book: FastAPI, async SQLAlchemy 2, Pydantic 2, JWT. Run it with uvicorn.

Settings from the environment: `DATABASE_URL` and `SECRET_KEY`, as for generated projects. Tables are created at start.
"""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

import jwt
from fastapi import Depends, FastAPI, Form, HTTPException, Path, Query
from fastapi.security import OAuth2PasswordBearer
from pwdlib import PasswordHash
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import DateTime, ForeignKey, String, Text, event, func, select
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.pool import ConnectionPoolEntry

URL = os.environ["DATABASE_URL"].replace("postgresql://", "postgresql+asyncpg://")
SECRET_KEY = os.environ["SECRET_KEY"]

engine = create_async_engine(URL, pool_size=20, max_overflow=0)
session_factory = async_sessionmaker(engine, expire_on_commit=False)
passwords = PasswordHash.recommended()
bearer = OAuth2PasswordBearer("/api/v1/auth/login")

if engine.dialect.name == "sqlite":

    @event.listens_for(engine.sync_engine, "connect")
    def set_pragmas(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
        """Write-ahead logging, and foreign keys that count."""
        cursor = connection.cursor()
        for pragma in ("foreign_keys=ON", "journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=5000"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()


class Base(DeclarativeBase):
    """Tables."""


class User(Base):
    """An account."""

    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(255), unique=True)
    password_hash: Mapped[str] = mapped_column(String(255))


class Post(Base):
    """A post of an account."""

    __tablename__ = "posts"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(255))
    body: Mapped[str] = mapped_column(Text)
    author_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=lambda: datetime.now(UTC))
    updated_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=lambda: datetime.now(UTC))


class UserRegister(BaseModel):
    """What registering takes."""

    email: str = Field(max_length=255)
    password: str = Field(min_length=8, max_length=128)


class Token(BaseModel):
    """What logging in gives."""

    access_token: str
    token_type: str = "bearer"  # noqa: S105 - the kind of the token, not one


class PostCreate(BaseModel):
    """What creating a post takes."""

    model_config = ConfigDict(extra="forbid")

    title: str = Field(min_length=1, max_length=255)
    body: str = Field(max_length=100_000)


class PostRead(PostCreate):
    """A post."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    author_id: int
    created_at: datetime
    updated_at: datetime


class PostPage(BaseModel):
    """A page of posts."""

    items: list[PostRead]
    total: int
    limit: int
    offset: int


@asynccontextmanager
async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
    """Create the tables, and close the pool at the end."""
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    yield
    await engine.dispose()


app = FastAPI(title="Reference", lifespan=lifespan)


async def get_session() -> AsyncIterator[AsyncSession]:
    """One session a request."""
    async with session_factory() as session:
        yield session


Session = Annotated[AsyncSession, Depends(get_session)]


async def current_user(token: Annotated[str, Depends(bearer)], session: Session) -> User:
    """The account of a token."""
    try:
        claims = jwt.decode(token, SECRET_KEY, algorithms=["HS256"])
    except jwt.InvalidTokenError:
        raise HTTPException(401, headers={"WWW-Authenticate": "Bearer"}) from None
    user = await session.get(User, int(claims["sub"]))
    if user is None:
        raise HTTPException(401, headers={"WWW-Authenticate": "Bearer"})
    return user


@app.get("/health")
async def health() -> dict[str, str]:
    """The process is there."""
    return {"status": "ok"}


@app.post("/api/v1/auth/register", status_code=201)
async def register(data: UserRegister, session: Session) -> dict[str, int]:
    """Create an account."""
    user = User(email=data.email, password_hash=passwords.hash(data.password))
    session.add(user)
    await session.commit()
    return {"id": user.id}


@app.post("/api/v1/auth/login")
async def login(username: Annotated[str, Form()], password: Annotated[str, Form()], session: Session) -> Token:
    """Log in."""
    user = await session.scalar(select(User).where(User.email == username))
    if user is None or not passwords.verify(password, user.password_hash):
        raise HTTPException(401, headers={"WWW-Authenticate": "Bearer"})
    claims = {"sub": str(user.id), "exp": datetime.now(UTC) + timedelta(minutes=30)}
    return Token(access_token=jwt.encode(claims, SECRET_KEY, algorithm="HS256"))


@app.get("/api/v1/posts", response_model=PostPage)
async def list_posts(
    session: Session, limit: Annotated[int, Query(ge=1, le=100)] = 20, offset: Annotated[int, Query(ge=0)] = 0
) -> dict[str, Any]:
    """A page of posts."""
    total = await session.scalar(select(func.count()).select_from(Post))
    rows = await session.scalars(select(Post).order_by(Post.id).limit(limit).offset(offset))
    return {"items": rows.all(), "total": total, "limit": limit, "offset": offset}


@app.get("/api/v1/posts/{post_id}", response_model=PostRead)
async def get_post(post_id: Annotated[int, Path(ge=1, lt=2**31)], session: Session) -> Post:
    """One post."""
    post = await session.get(Post, post_id)
    if post is None:
        raise HTTPException(404)
    return post


@app.post("/api/v1/posts", status_code=201, response_model=PostRead)
async def create_post(data: PostCreate, user: Annotated[User, Depends(current_user)], session: Session) -> Post:
    """Create a post of the caller's."""
    post = Post(**data.model_dump(), author_id=user.id)
    session.add(post)
    await session.commit()
    return post
