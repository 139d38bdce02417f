"""The one who sends: holds the lease, plans what is due, keeps the wire busy, brings orders to their end."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import partial
from typing import Final

from bot import logs
from bot.delivery import closing
from bot.delivery.exchange import Exchange
from bot.delivery.pace import Pace
from bot.delivery.plan import Unplannable, plan_on
from bot.delivery.ready import Gate, NotReady
from bot.delivery.term import Term
from bot.delivery.tools import Tools
from bot.delivery.wire import Wire
from bot.lifecycle import Order
from bot.store import orders
from bot.store.database import Connection, StoreError
from bot.store.lease import Fenced
from bot.store.moments import SECOND, micros
from bot.store.orders import SendOrder

LOOK_SECONDS: Final = 0.25
"""How often the orders are looked at while something is sent: a stop is noticed within that."""

ROUND_SECONDS: Final = 0.04
"""Between two exchanges with the database: what came back meanwhile is stored in one transaction."""

SOON: Final = 2 * SECOND
"""An order that starts within this is waited for."""

STOP_SECONDS: Final = 4.0
"""Time for calls on their way when the process stops; the next dispatcher repeats the others."""

_log = logs.get(__name__)


class Dispatcher:
    """Sends orders. Any number may run; one of them holds the lease, the others wait for it."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._term = Term(tools)
        self._gate = Gate(tools)
        self._pace = Pace(tools.tempo.per_second, tools.clock.monotonic)
        self._exchange = Exchange(tools, self._gate, Wire(tools, self._pace))
        self._orders: list[SendOrder] = []
        self._look_at = 0.0
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="dispatcher", daemon=True)

    def tick(self) -> None:
        """See to it that whatever is due is being done. Returns at once; to be called each second."""
        if not self._stopping.is_set():
            if not self._thread.ident:
                self._thread.start()
            self._wake.set()

    def stop(self) -> None:
        """Let nothing more leave, wait a little for the calls on their way, and give up the lease."""
        self._stopping.set()
        self._wake.set()
        if self._thread.ident:
            self._thread.join(STOP_SECONDS + 1)
        else:
            self._leave()

    def work(self) -> None:
        """Do all that is due now. Returns when nothing is, or when somebody else is the dispatcher."""
        self._look_at = 0.0
        try:
            while not self._stopping.is_set() and self._term.hold():
                self._exchange.wire.until = self._term.until
                if not self._round():
                    return
        except (StoreError, Fenced) as error:
            _log.warning("dispatcher_interrupted", reason=str(error), **logs.where(error))
            self._start_over()

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._wake.wait()
            self._wake.clear()
            try:
                self.work()
            except Exception as error:  # the next tick tries again, whatever it was
                _log.error("dispatcher_failed", **logs.where(error))
                self._start_over()
        self._leave()

    def _round(self) -> bool:
        """Take every order a step on. Returns False when there is nothing to wait for."""
        planned = False
        for order in self._look():
            planned = self._advance(order) or planned
        self._exchange.run(self._term.epoch)
        if planned:
            return True
        self._stopping.wait(ROUND_SECONDS)
        return self._expecting()

    def _look(self) -> Sequence[SendOrder]:
        """Return the orders to be looked after, as they were a moment ago."""
        now = self._tools.clock.monotonic()
        if now >= self._look_at:
            self._look_at = now + LOOK_SECONDS
            here = micros(self._tools.clock.now())
            find = partial(orders.to_do, now=here, soon=here + self._tools.tempo.lead)
            self._orders = self._tools.database.read(find)
            self._exchange.look([order for order in self._orders if order.status is Order.SENDING])
        return self._orders

    def _expecting(self) -> bool:
        now = micros(self._tools.clock.now())
        return bool(self._exchange.wire.outstanding.total()) or any(
            order.status is not Order.SCHEDULED or order.starts_at <= now + SOON for order in self._orders
        )

    def _advance(self, order: SendOrder) -> bool:
        """Take one order a step on. Returns True when it changed."""
        now = micros(self._tools.clock.now())
        try:
            if order.stop_requested or order.expired(now) or self._exchange.nothing_open(order):
                changed = self._close(order, now)
            elif order.status is Order.SCHEDULED:
                changed = self._towards_start(order, now)
            else:
                self._gate.load(order)  # a restart finds orders that are being sent already
                changed = False
        except (Unplannable, NotReady) as why:
            self._hold(order, str(why))
            changed = True
        if changed:
            self._look_at = 0.0
        return changed

    def _towards_start(self, order: SendOrder, now: int) -> bool:
        if order.planned_at is None:
            return plan_on(self._tools, order, self._term.epoch)
        if not self._gate.passes(order, self._orders) or now < order.starts_at:
            return False
        _log.info("order_starts", order=order.id, kind=order.kind.value, recipients=order.recipients)
        return self._tools.database.write(partial(self._start, order=order, now=now))

    def _start(self, connection: Connection, order: SendOrder, now: int) -> bool:
        self._term.fence(connection)
        started = orders.step(connection, order.id, Order.SCHEDULED, Order.SENDING, now, note="")
        if started:
            orders.audit(connection, order.id, Order.SENDING.value, closing.BY, now)
        return started

    def _close(self, order: SendOrder, now: int) -> bool:
        """End an order once none of its batches is on its way."""
        self._exchange.withdraw(order.id)
        if self._exchange.wire.outstanding[order.id]:
            return False
        self._tools.passing("finish")
        close = partial(closing.close, order_id=order.id, epoch=self._term.epoch, now=now)
        if self._tools.database.write(close):
            self._gate.forget(order.id)
            _log.info("order_closed", order=order.id)
        return True

    def _hold(self, order: SendOrder, note: str) -> None:
        now = micros(self._tools.clock.now())
        self._exchange.withdraw(order.id)

        def work(connection: Connection) -> None:
            self._term.fence(connection)
            closing.hold(connection, order, note, now)

        self._tools.database.write(work)
        self._gate.forget(order.id)
        _log.error("order_held", order=order.id, reason=note)

    def _start_over(self) -> None:
        """Forget what is in hand: under a new epoch all of it is tried again, with the same retry keys."""
        self._exchange.close()
        self._exchange = Exchange(self._tools, self._gate, Wire(self._tools, self._pace))
        self._term.drop()
        self._orders, self._look_at = [], 0.0

    def _leave(self) -> None:
        """Store what still comes back within the time there is, and let the next dispatcher begin."""
        self._exchange.close()
        deadline = self._tools.clock.monotonic() + STOP_SECONDS
        try:
            while self._term.epoch and self._exchange.wire.outstanding.total():
                self._exchange.run(self._term.epoch)
                if self._tools.clock.monotonic() > deadline:
                    break
                threading.Event().wait(ROUND_SECONDS)
            self._term.release()
        except (StoreError, Fenced) as error:
            _log.warning("dispatcher_not_released", reason=str(error), **logs.where(error))
