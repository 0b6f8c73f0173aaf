"""Phones in a workshop: plain forms, one question at a time. No kernel, no script, no name, no key: a code from the wall.

A code lets answers into one ballot and round of one workbook, and nothing else. Each sheet of answers belongs to a
signed cookie; the identifiers of its records are made from the cookie's secret, so a form can reach no other sheet.
"""

import base64
import binascii
import hashlib
import hmac
import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from http import HTTPStatus
from typing import Any

import jinja2
from jupyter_server.utils import url_path_join
from tornado.ioloop import IOLoop
from tornado.web import RequestHandler

from pspworkbook.guide.ballots import Ballot, BallotQuestion, ballots
from pspworkbook.places import PACKAGE
from pspworkbook.records import Answer, field_of
from pspworkbook.records.fields import LONGEST_LINE
from pspworkbook.serving.access import refusal
from pspworkbook.serving.limits import Limit, source_of
from pspworkbook.workbook.errors import BadEntry, NotFound, WorkbookError
from pspworkbook.workbook.joining import Joined, clean_code, join, sheet_id, to_ask_about

COOKIE = "psp_sheet"
LONGEST_POST = 400_000
HEADERS = {
    "Content-Type": "text/html; charset=utf-8",
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}
NO_SUCH_CODE = "No questions are open under this code. Look at the screen again, or ask the facilitator."
SECTORS = field_of(Answer, "sector").options


@dataclass(frozen=True)
class Sheet:
    """One person's sheet, as the cookie holds it. ``sector`` is None until the first page has been answered."""

    secret: str
    sector: str | None = None
    organisation: str = ""

    @property
    def id(self) -> str:
        """The sheet's identifier in the workbook: from it nobody can get back to the cookie."""
        return sheet_id(self.secret)

    @property
    def token(self) -> str:
        """What a form must send along, so that no other site can fill it in for somebody."""
        return hashlib.sha256(f"form:{self.secret}".encode()).hexdigest()[:32]

    def answer_id(self, round: int, question: str) -> str:
        """The identifier of the record of one answer of this sheet."""
        return f"{self.id}-{round}-{question}"

    def packed(self, key: bytes) -> str:
        """The cookie, signed."""
        body = base64.urlsafe_b64encode(json.dumps([self.secret, self.sector, self.organisation]).encode()).decode()
        return f"{body}.{_signature(key, body)}"

    @classmethod
    def read(cls, cookie: str, key: bytes) -> "Sheet | None":
        """The sheet in a cookie; None when it is not one that this server made for this code."""
        body, _, signature = cookie.partition(".")
        if not body or not hmac.compare_digest(signature.encode(), _signature(key, body).encode()):
            return None
        try:
            return cls(*json.loads(base64.urlsafe_b64decode(body)))
        except (ValueError, TypeError, binascii.Error):
            return None


def _signature(key: bytes, body: str) -> str:
    return hmac.new(key, body.encode(), hashlib.sha256).hexdigest()[:32]


@cache
def _pages() -> jinja2.Environment:
    folder = PACKAGE / "serving" / "jupyter" / "voila" / "templates" / "psp" / "join"
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


class Said(Exception):
    """Ends the work on a request with a page that says one thing."""

    def __init__(self, status: int, title: str, words: str, *, ask_again: bool = False) -> None:
        self.status, self.title, self.words, self.ask_again = status, title, words, ask_again
        super().__init__(words)


class Plain(RequestHandler):
    """What the pages for phones share: their headers, who may come, and pages made from templates that escape."""

    def initialize(self, base: str, guesses: Limit, posts: Limit) -> None:
        """``base`` is the dashboards' address on this server."""
        self.base, self.guesses, self.posts = base, guesses, posts

    def set_default_headers(self) -> None:
        """Stricter than for the dashboards: no script at all."""
        for name, value in HEADERS.items():
            self.set_header(name, value)

    def check_xsrf_cookie(self) -> None:
        """Each form carries a token of its own sheet instead; see :meth:`Questions.post`."""

    def write_error(self, status_code: int, **more: Any) -> None:
        """One sentence, whatever happened."""
        trouble = more.get("exc_info", (None, None, None))[1]
        if isinstance(trouble, Said):
            self.set_status(trouble.status)
            if trouble.ask_again:
                self.show("code", wrong=trouble.words)
            else:
                self.show("said", title=trouble.title, words=trouble.words)
        elif isinstance(trouble, WorkbookError):
            self.show("said", title="This was not saved", words=str(trouble))
        else:
            words = "This page cannot be shown. What was saved is kept. Go back and try again."
            self.show("said", title=HTTPStatus(status_code).phrase, words=words)

    def log_exception(self, kind: Any, value: Any, trace: Any) -> None:
        """What is said to the visitor needs no line in the server's own log."""
        if not isinstance(value, Said | WorkbookError):
            super().log_exception(kind, value, trace)

    def prepare(self) -> None:
        """Without keys, only this machine may come in, as to the dashboards; with keys, the code is the key."""
        if not self.settings["psp"]["keys_required"] and (no := refusal(self)):
            raise Said(403, "This cannot be opened from here", no)
        if len(self.request.body) > LONGEST_POST:
            raise Said(413, "This is too long", "Shorten what you wrote. Nothing of it was saved.")
        if self.request.method == "POST" and not self.posts.take(source_of(self)):
            raise Said(429, "Too many answers at once", "Wait a minute, then go back and send yours again.")

    def show(self, template: str, **facts: Any) -> None:
        """Answer with a page; everything in ``facts`` is escaped."""
        home = url_path_join(self.base, "join")
        self.finish(_pages().get_template(f"{template}.html.j2").render(base=self.base, home=home, **facts))

    async def aside(self, work: Callable[[], Any]) -> Any:
        """Do what asks the store in a thread of its own: a busy disk must not stop every page of the server."""
        return await IOLoop.current().run_in_executor(None, work)


class Code(Plain):
    """Where a code is typed."""

    def get(self) -> None:
        """The form, or the way to the questions."""
        code = clean_code(self.get_query_argument("code", ""))
        if code:
            self.redirect(url_path_join(self.base, "join", code[:12]))
            return
        self.show("code", wrong="")


class Questions(Plain):
    """The questions behind one code: who is answering, each question, thank you."""

    joined: Joined
    ballot: Ballot
    sheet: Sheet | None

    async def get(self, code: str, step: str | None = None) -> None:
        """The page of a step."""
        await self._enter(code)
        if self.sheet is None:
            self._keep(Sheet(secrets.token_urlsafe(24)))
        if not step:
            await self._show_start()
        elif self._sheet.sector is None:
            self._go()
        elif step == "done":
            await self._show_done()
        else:
            await self._show_question(int(step))

    async def post(self, code: str, step: str | None = None) -> None:
        """Save the answer of a page at once, then go on."""
        await self._enter(code)
        sent = self.get_body_argument("token", "", strip=False)
        if self.sheet is None or not hmac.compare_digest(sent.encode(), self.sheet.token.encode()):
            words = "It may have lain open too long, or your browser keeps no cookies. Nothing was saved. Begin again from the code."
            raise Said(403, "This form is no longer good", words)
        if not step:
            await self._take_person()
        elif step == "done":
            self._keep(Sheet(secrets.token_urlsafe(24)))
            self._go()
        elif self._sheet.sector is None or self.get_body_argument("round", "") != str(self.joined.round):
            self._go()  # the other round has begun meanwhile: the start page says so
        else:
            await self._take_answer(int(step))

    # Coming in

    async def _enter(self, code: str) -> None:
        """Find what the code opens. Whoever guesses too often is turned away, with a right code too."""
        store, source = self.settings["psp"]["store"], source_of(self)
        joined = await self.aside(lambda: join(store, code))
        self.sheet = Sheet.read(self.get_cookie(COOKIE) or "", joined.secret) if joined else None
        if self.sheet is None and self.guesses.spent(source):
            raise Said(
                429, "Too many wrong codes", "From your network too many wrong codes have come. Wait ten minutes."
            )
        ballot = ballots().get(joined.ballot) if joined else None
        if joined is not None and ballot is not None and ballot.items_of:
            of, workbook = ballot.items_of, joined.workbook
            entries = await self.aside(lambda: workbook.records(of))
            ballot = ballot.with_items(to_ask_about(entries))
        if joined is None or ballot is None:
            self.guesses.take(source)
            raise Said(404, "Wrong code", NO_SUCH_CODE, ask_again=True)
        self.joined, self.ballot = joined, ballot

    @property
    def _sheet(self) -> Sheet:
        if self.sheet is None:
            raise Said(403, "Your browser keeps no cookies", "Without them your answers cannot be kept together.")
        return self.sheet

    def _keep(self, sheet: Sheet) -> None:
        self.sheet = sheet
        path = url_path_join(self.base, "join", self.joined.code)
        secure = self.request.protocol == "https"
        packed = sheet.packed(self.joined.secret)
        self.set_cookie(COOKIE, packed, path=path, httponly=True, samesite="Lax", secure=secure, expires_days=1)

    def _go(self, step: int | str = "") -> None:
        self.redirect(url_path_join(self.base, "join", self.joined.code, str(step)).rstrip("/"), status=303)

    # What there is

    @property
    def _questions(self) -> tuple[BallotQuestion, ...]:
        return self.ballot.questions_for(self._sheet.sector)

    def _given(self, question: BallotQuestion) -> Answer | None:
        """The sheet's own answer in this round; None when it has none yet."""
        try:
            record: Answer = self.joined.workbook.get("answer", self._answer_id(question)).record
        except NotFound:
            return None
        return record

    def _answer_id(self, question: BallotQuestion) -> str:
        return self._sheet.answer_id(self.joined.round, question.key)

    async def _all_given(self) -> dict[str, Answer]:
        found = await self.aside(lambda: [(one.key, self._given(one)) for one in self._questions])
        return {key: answer for key, answer in found if answer is not None}

    async def _facts(self) -> dict[str, Any]:
        name = await self.aside(lambda: self.joined.workbook.name)
        address = url_path_join(self.base, "join", self.joined.code)
        facts = {"here": address, "workbook": name, "ballot": self.ballot, "sheet": self._sheet}
        return facts | {"round": self.joined.round, "token": self._sheet.token}

    # Pages

    async def _show_start(self, error: str = "") -> None:
        given = await self._all_given()
        facts = await self._facts()
        self.show("start", **facts, sectors=SECTORS, given=len(given), of=len(self._questions), error=error)

    async def _show_question(self, number: int, error: str = "", typed: tuple[str, str] | None = None) -> None:
        questions = self._questions
        if not 1 <= number <= len(questions):
            self._go()
            return
        question = questions[number - 1]
        answer, before = await self.aside(
            lambda: (self._given(question), number > 1 and self._given(questions[number - 2]) is not None)
        )
        value, why = typed or (str(answer.value or "") if answer else "", answer.why if answer else "")
        facts = await self._facts()
        self.show(
            "question",
            **facts,
            question=question,
            number=number,
            of=len(questions),
            value=value,
            why=why,
            error=error,
            kept_back=answer is not None and answer.value is None and not answer.why,
            before_saved=before,
        )

    async def _show_done(self) -> None:
        given = await self._all_given()
        facts = await self._facts()
        left = [number for number, one in enumerate(self._questions, 1) if one.key not in given]
        self.show("done", **facts, questions=self._questions, given=given, left=left)

    # Saving

    async def _take_person(self) -> None:
        sector = self.get_body_argument("sector", "")
        if not sector:
            await self._show_start("Choose one, or “I’d rather not say”.")
            return
        sector = sector if sector in SECTORS else ""
        organisation = self.get_body_argument("organisation", "") if self.ballot.per_organisation else ""
        self._keep(replace(self._sheet, sector=sector, organisation=organisation[:LONGEST_LINE]))
        await self.aside(self._move)
        given = await self._all_given()
        left = (number for number, one in enumerate(self._questions, 1) if one.key not in given)
        self._go(next(left, "done"))

    def _move(self) -> None:
        """What this sheet has answered already follows the person; an answer that only their old group gives is emptied."""
        about: dict[str, Any] = {"sector": self._sheet.sector or None, "organisation": self._sheet.organisation}
        mine = {one.key for one in self._questions}
        rows = [
            ("answer", self._answer_id(one), about if one.key in mine else {**about, "value": None, "why": ""})
            for one in self.ballot.questions
            if self._given(one) is not None
        ]
        if rows:
            self.joined.workbook.save_many(rows)

    async def _take_answer(self, number: int) -> None:
        questions = self._questions
        if not 1 <= number <= len(questions):
            self._go()
            return
        question = questions[number - 1]
        typed, why = self.get_body_argument("value", ""), self.get_body_argument("why", "", strip=False)
        skip = bool(self.get_body_argument("skip", ""))
        value = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 4 and not skip else None
        error = ""
        if skip:
            why = ""
        elif self.ballot.free_text:
            error = "" if why.strip() else "Write something, or choose “I’d rather not say”."
        elif value is None:
            error = "Choose one of the answers, or “I’d rather not say”."
        error = error or self.ballot.refusal(question.key, value)
        if not error:
            error = await self.aside(lambda: self._save(question, value, why))
        if error:
            self.set_status(422)
            await self._show_question(number, error, (typed, why))
            return
        self._go(number + 1 if number < len(questions) else "done")

    def _save(self, question: BallotQuestion, value: int | None, why: str) -> str:
        """Save one answer of this sheet; a sentence when it cannot be taken."""
        sheet = self._sheet
        values = {"ballot": self.ballot.key, "item": question.key, "round": self.joined.round, "sheet": sheet.id}
        values |= {"sector": sheet.sector or None, "organisation": sheet.organisation, "value": value, "why": why}
        try:
            self.joined.workbook.save_many([("answer", self._answer_id(question), values)])
        except BadEntry as wrong:
            return " ".join(wrong.messages.values())
        return ""


def handlers(base: str) -> list[Any]:
    """The addresses for phones."""
    made = {"base": base, "guesses": Limit(30, 600), "posts": Limit(900, 60)}
    return [
        (url_path_join(base, "/join/?"), Code, made),
        (url_path_join(base, r"/join/([^/]{1,40})(?:/(\d{1,3}|done))?/?"), Questions, made),
    ]
