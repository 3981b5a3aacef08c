"""Cells: one session of TypeScript in which everything may be declared again."""

import pytest


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("const x: number = 1; x as unknown", "1"),
        ("let x = 'now a text'; x", "'now a text'"),
        ("class x { static n = 2 }; x.n", "2"),
        ("function x() { return 3 }; x()", "3"),
        ("enum x { A = 4 }; x.A", "4"),
        ("const { x, ...rest } = { x: 5, y: 6 }; [x, rest]", "[ 5, { y: 6 } ]"),
        ("var x = await Promise.resolve(6); x", "6"),
        ("import x from 'node:path'; typeof x.join", "'function'"),
        ("const fetch = 7; fetch", "7"),
        ("function fetch() { return 8 }; fetch()", "8"),
        ("typeof globalThis.fetch", "'function'"),
        ("const id = <T,>(value: T): T => value; id<number>(9)", "9"),
        ("let total = 0; for await (const n of [1, Promise.resolve(2)]) total += n; total", "3"),
        ("(await import('node:os')).EOL", "'\\n'"),
        ("require('node:path').sep", "'/'"),
        ("import.meta.url.startsWith('file://')", "true"),
        ("abstract class A<T> { constructor(protected readonly v: T) {} }; new (class extends A<number> {})(1)", "[class (anonymous) extends A]"),
        ("({ a: 1 } satisfies object)", "{ a: 1 }"),
    ],
)
def test_typescript(kernel, code, value):
    result = kernel.run(code)
    assert result.status == "ok", result.traceback
    if not code.startswith("abstract"):
        assert result.value == value
    else:
        assert "v: 1" in result.value


class TestNewerSyntax:
    """What V8 does not know yet, and TypeScript does."""

    def test_decorators_of_all_kinds(self, kernel):
        kernel.run(
            "const seen: string[] = [];\n"
            "const note = (value: any, context: DecoratorContext) => void seen.push(`${context.kind} ${String(context.name)}`);\n"
            "const counted = <C extends new (...a: any[]) => object>(C: C, context: ClassDecoratorContext) => class extends C { count = 1 };"
        )
        result = kernel.run(
            "@counted @note class Shop<T> {\n"
            "  @note name: string = 'shop';\n"
            "  @note accessor price = 7;\n"
            "  @note static open() { return new Shop() }\n"
            "  @note get twice(): number { return this.price * 2 }\n"
            "  @note #secret() { return 1 }\n"
            "}\n"
            "seen"
        )
        assert result.value == (
            "[\n  'method open',\n  'accessor price',\n  'getter twice',\n  'method #secret',\n"
            "  'field name',\n  'class Shop'\n]"
        )
        # Later cells know the class as its decorator left it.
        assert kernel.run("const shop: any = Shop.open(); [shop.count, shop.twice]").value == "[ 1, 14 ]"

    def test_a_later_decorated_class_leaves_earlier_ones_alone(self, kernel):
        add = "const add = (n: number) => (value: undefined, context: ClassFieldDecoratorContext) => (initial: number) => initial + n;\n"
        kernel.run(add + "class First { @add(1) n = 0 }")
        kernel.run("class Second { @add(10) n = 0 }")
        assert kernel.run("[new First().n, new Second().n]").value == "[ 1, 10 ]"
        assert kernel.ask("complete_request", {"code": "_init", "cursor_pos": 5})["matches"] == []

    def test_an_error_in_a_decorated_class_is_at_its_line(self, kernel):
        result = kernel.run(
            "const same = (value: any, context: any) => value;\n"
            "interface Row { n: { m: number } | null }\n"
            "class Reader {\n"
            "  @same\n"
            "  read(row: Row): number {\n"
            "    return row.n!.m;\n"
            "  }\n"
            "}\n"
            "new Reader().read({ n: null })"
        )
        assert f"cell {result.reply['execution_count']}:6:19" in result.traceback
        assert "> 6 |     return row.n!.m;" in result.traceback
        result = kernel.run("class Broken {\n  @same read( { }\n}")
        assert result.reply["ename"] == "SyntaxError"
        assert ":3:" in result.traceback
        assert "> 3 | }" in result.traceback

    def test_using_ends_what_it_holds_with_its_block_or_cell(self, kernel):
        kernel.run("const open = (name: string) => ({ name, [Symbol.dispose]() { console.log('closed', name) } })")
        result = kernel.run("using file = open('a');\n{ using inner = open('b'); console.log('in') }\nfile.name")
        assert result.text() == "in\nclosed b\nclosed a\n"
        assert result.value == "'a'"
        result = kernel.run("await using socket = { async [Symbol.asyncDispose]() { await null; console.log('gone') } };")
        assert result.text() == "gone\n"

    def test_namespaces(self, kernel):
        assert kernel.run("namespace Shapes { export const sides = 3; export type A = 1 }\nShapes.sides").value == "3"

    @pytest.mark.parametrize("code", ["'@a' + `@b`", "const using = 1, accessor = 2, namespace = 3; using", "/@/.test('@')"])
    def test_what_only_looks_like_it(self, kernel, code):
        assert kernel.run(code).status == "ok"


def test_hiding_a_global_hides_it_from_no_one_else(fresh_kernel):
    package = fresh_kernel.folder / "node_modules" / "curious"
    package.mkdir(parents=True)
    (package / "package.json").write_text('{"main": "main.js"}')
    (package / "main.js").write_text(
        "exports.seen = () => [typeof setTimeout(() => {}, 0), typeof Map, typeof window, typeof console.log];"
    )
    fresh_kernel.run("import { seen } from 'curious'")
    fresh_kernel.run("import { setTimeout } from 'node:timers/promises'; const Map = 5, window = {}, console = 1, Promise = 2, Error = 3")
    assert fresh_kernel.run("seen()").value == "[ 'object', 'function', 'undefined', 'function' ]"
    assert fresh_kernel.run("[await setTimeout(1, 'v'), Map, window, console]").value == "[ 'v', 5, {}, 1 ]"
    assert "cell" in fresh_kernel.run("null.x").traceback
    reply = fresh_kernel.ask("inspect_request", {"code": "Map", "cursor_pos": 3, "detail_level": 0})
    assert "5" in reply["data"]["text/plain"]


def test_the_last_value_is_at_hand(kernel):
    kernel.run("6 * 7")
    assert kernel.run("_ + 1").value == "43"


def test_a_promise_is_shown_as_one_without_nodes_bookkeeping(kernel):
    assert kernel.run("Promise.resolve(1)").value == "Promise { 1 }"


class TestImports:
    def test_local_files_with_and_without_extension_and_anew_after_an_edit(self, kernel):
        file = kernel.folder / "local.ts"
        file.write_text("import { two } from './two'; export const one: number = 1; export default two;")
        (kernel.folder / "two.ts").write_text("export const two = 2;")
        assert kernel.run("import two, { one } from './local'; [one, two]").value == "[ 1, 2 ]"
        assert kernel.run("one + two").value == "3"
        (kernel.folder / "two.ts").write_text("export const two = 20;")
        assert kernel.run("import two, { one } from './local.ts'; [one, two]").value == "[ 1, 20 ]"
        assert kernel.run("(await import('./two')).two").value == "20"

    def test_an_unchanged_module_keeps_its_state(self, kernel):
        (kernel.folder / "state.ts").write_text("export const state = { n: 0 };")
        kernel.run("import { state } from './state'; state.n = 5")
        assert kernel.run("import { state } from './state'; state.n").value == "5"

    def test_types_alone(self, kernel):
        (kernel.folder / "types.ts").write_text("export interface Point { x: number }\nexport const origin = { x: 0 };")
        assert kernel.run("import { Point, origin } from './types';\nconst p: Point = origin; p.x").value == "0"

    def test_packages_of_the_folder(self, kernel):
        package = kernel.folder / "node_modules" / "greeter"
        package.mkdir(parents=True)
        (package / "package.json").write_text('{"type": "module", "exports": "./main.js"}')
        (package / "main.js").write_text("export const greet = name => `hi ${name}`;")
        assert kernel.run("import { greet } from 'greeter'; greet('ada')").value == "'hi ada'"

    @pytest.mark.parametrize(
        ("code", "name", "words"),
        [
            ("const a = 1;\nimport './nowhere'", "CHATOPS_SKILL_IMPORT", ["Cannot find `./nowhere`", ":2:8"]),
            ("import x from 'not-installed'", "CHATOPS_SKILL_IMPORT", ["npm install not-installed"]),
            ("import { joyn } from 'node:path'; joyn()", "CHATOPS_SKILL_IMPORT_NAME", ["did you mean `join`"]),
            ("import { matchRegex } from 'chatops'; matchRegex", "CHATOPS_CELL_SKILL", ["%%skill hello"]),
        ],
    )
    def test_what_cannot_be_imported_says_why(self, kernel, code, name, words):
        result = kernel.run(code)
        assert result.reply["ename"] == name
        for word in words:
            assert word in result.traceback

    def test_an_error_in_a_file_is_shown_there(self, kernel):
        (kernel.folder / "broken.ts").write_text("const a: number = 1;\nexport const b: string = ;\n")
        result = kernel.run("import { b } from './broken'")
        assert "broken.ts:2:26" in result.traceback
        (kernel.folder / "throws.ts").write_text(
            "interface A { a: { b: number } | null }\n"
            "export function read(value: A): number {\n"
            "  return value.a!.b;\n"
            "}\n"
        )
        result = kernel.run("import { read } from './throws';\nread({ a: null })")
        assert result.reply["ename"] == "TypeError"
        assert "throws.ts:3:19" in result.traceback
        assert "> 3 |   return value.a!.b;" in result.traceback
        assert ":2:1" in result.traceback


class TestErrors:
    def test_the_authors_own_lines_and_columns(self, kernel):
        result = kernel.run(
            "interface User { name?: { first: string } }\n"
            "function first(user: User): string {\n"
            "  return user.name!.first;\n"
            "}\n"
            "const greeting: string = 'hi ' + first({});\n"
        )
        assert result.reply["ename"] == "TypeError"
        count = result.reply["execution_count"]
        assert f"cell {count}:3:21" in result.traceback
        assert f"first (cell {count}:3:21)" in result.traceback
        assert f"cell {count}:5:34" in result.traceback
        assert "> 3 |   return user.name!.first;" in result.traceback
        assert "node:" not in result.traceback
        assert "kernel.cjs" not in result.traceback
        assert result.of("error")[0]["evalue"] == result.reply["evalue"]

    def test_after_an_await_too(self, kernel):
        result = kernel.run(
            "async function fails(): Promise<void> {\n  await null;\n  throw new RangeError('no');\n}\nawait fails();"
        )
        count = result.reply["execution_count"]
        assert f"fails (cell {count}:3:9)" in result.traceback
        assert f"async cell {count}:5:1" in result.traceback

    def test_printed_stacks_show_them_as_well(self, kernel):
        result = kernel.run("const e: Error = new Error('x');\nconsole.log(e.stack)")
        count = result.reply["execution_count"]
        assert result.text() == f"Error: x\n    at cell {count}:1:18\n"

    def test_a_syntax_error(self, kernel):
        result = kernel.run("const a = 1;\nconst b: string = ;")
        assert result.reply["ename"] == "SyntaxError"
        assert ":2:19" in result.traceback
        assert "skill" not in result.traceback.lower()

    def test_causes_and_properties(self, kernel):
        result = kernel.run(
            "throw Object.assign(new Error('outer', { cause: new TypeError('inner') }), { code: 'E_X' })"
        )
        assert "code: 'E_X'" in result.traceback
        assert "inner" in result.traceback

    @pytest.mark.parametrize("thrown", ["'text'", "undefined", "{ a: 1 }", "null", "Symbol('s')"])
    def test_anything_may_be_thrown(self, kernel, thrown):
        result = kernel.run(f"throw {thrown}")
        assert result.status == "error"
        assert thrown.replace("'s'", "s") in result.reply["evalue"]

    def test_a_constant_cannot_be_assigned_to(self, kernel):
        result = kernel.run("const fixed: number = 1;\nfixed = 2;")
        assert result.reply["evalue"] == "Assignment to constant variable."
        assert ":2:" in result.traceback
        assert kernel.run("const old = fixed; fixed += 1").status == "error"
        assert kernel.run("let fixed = old; fixed += 1; fixed").value == "2"

    def test_what_a_failed_cell_declared_before_is_kept(self, kernel):
        kernel.run("const kept = 1; throw new Error(); const lost = 2")
        assert kernel.run("kept").value == "1"

    def test_a_value_that_cannot_be_shown_is_an_error_of_the_cell(self, kernel):
        result = kernel.run("({ [Symbol.for('nodejs.util.inspect.custom')]() { throw new Error('shy') } })")
        assert result.reply["evalue"] == "shy"

    def test_process_exit_does_not_end_the_session(self, kernel):
        result = kernel.run("process.exit(1)")
        assert result.reply["ename"] == "CHATOPS_CELL_EXIT"
        assert kernel.run("1").value == "1"
