"""The server waits for its kernels and watches them with less work than Jupyter's own way, and misses nothing that counts."""

import asyncio
from pathlib import Path

import jinja2
from traitlets.config import Config

from pspworkbook.serving.kernels import Kernels, PromptClient
from pspworkbook.serving.templates import Compiled


def test_a_kernel_that_is_asked_something_is_seen_to_be_in_use(tmp_path: Path):
    """Otherwise it would be ended after a minute under the hands of whoever works on its page."""

    async def run() -> None:
        c = Config()
        c.KernelManager.client_class = f"{PromptClient.__module__}.{PromptClient.__name__}"
        kernels = Kernels(config=c, connection_dir=str(tmp_path))
        kernel = kernels.get_kernel(await kernels.start_kernel())
        try:
            client = kernel.client()
            assert isinstance(client, PromptClient)
            client.start_channels()
            await client.wait_for_ready(60)
            await until(lambda: client.kernel_info() and kernel.execution_state == "idle", "the server hears it")
            before = kernel.last_activity
            client.execute("import time; time.sleep(1)")
            await until(lambda: kernel.execution_state == "busy", "busy while it works")
            await until(lambda: kernel.execution_state == "idle", "idle again")
            assert (kernel.last_activity - before).total_seconds() >= 1
            client.stop_channels()
        finally:
            await kernels.shutdown_all(now=True)

    asyncio.run(run())


async def until(condition, what: str) -> None:
    for _ in range(600):
        if condition():
            return
        await asyncio.sleep(0.1)
    raise AssertionError(what)


def test_a_template_is_compiled_once_and_again_when_it_has_changed(tmp_path: Path):
    def rendered() -> str:
        environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(tmp_path), bytecode_cache=Compiled(), autoescape=True
        )
        environment._generate = lambda *given, **more: (
            compiled.append(given[1]) or generate(environment, *given, **more)
        )
        return environment.get_template("page.html").render(name="Ana")

    compiled: list[str] = []
    generate = jinja2.Environment._generate
    (tmp_path / "page.html").write_text("Hello {{ name }}")
    assert [rendered(), rendered()] == ["Hello Ana", "Hello Ana"]
    assert compiled == ["page.html"]
    (tmp_path / "page.html").write_text("Goodbye {{ name }}")
    assert rendered() == "Goodbye Ana"
    assert compiled == ["page.html", "page.html"]
