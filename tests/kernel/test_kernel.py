"""Jupyter's own conformance tests, with a sample for every one of them."""

import jupyter_kernel_test


class TestConformance(jupyter_kernel_test.KernelTests):
    kernel_name = "chatops"
    language_name = "typescript"
    file_extension = ".ts"

    code_hello_world = "console.log('hello, world')"
    code_stderr = "console.error('mind the gap')"
    code_page_something = "chat?"
    code_generate_error = "throw new RangeError('too far')"
    code_inspect_sample = "Math.max"
    code_clear_output = "display.clear()"

    completion_samples = [
        {"text": "JSON.str", "matches": {"stringify"}},
        {"text": "Math.SQRT", "matches": {"SQRT1_2", "SQRT2"}},
        {"text": "%%sk", "matches": {"%%skill"}},
        {"text": "inst", "matches": {"instanceof"}},
    ]

    complete_code_samples = [
        "1",
        "const x: number = 1",
        "function f() {\n  return 1;\n}",
        "interface A { b: string }",
        "{ a: 1, b: 2 }",
        "class A { @sealed m() {} }",
        "await fetch('http://localhost')",
        "%help",
        "%help\nconst x = 1",
        "Math?",
        "%%skill hello\nexport const a = 1;\n",
    ]
    incomplete_code_samples = [
        "function f() {",
        "const x =",
        "foo(",
        "`some text",
        "/* a comment",
        "if (true) {\n  1",
        "class A {",
        "class A { @sealed",
        "[1, 2,",
        "%%skill hello",
        "%%skill hello\nexport const a = 1;",
    ]
    invalid_code_samples = ["let ;;", "const 1 = 2", "}", "foo bar", "let a; let a;"]

    code_execute_result = [
        {"code": "6 * 7", "result": "42"},
        {"code": "'six' + ' ' + 'seven'", "result": "'six seven'"},
        {"code": "[6, 7] as const", "result": "[ 6, 7 ]"},
        {"code": "{ six: 6 }", "result": "{ six: 6 }"},
        {"code": "null", "result": "null"},
        {"code": "await Promise.resolve(6n)", "result": "6n"},
        {"code": "[{ six: 6 }, { six: 7 }]", "mime": "text/html"},
    ]

    code_display_data = [
        {"code": "display({ a: 1 })", "mime": "text/plain"},
        {"code": "display.html('<b>bold</b>')", "mime": "text/html"},
        {"code": "display.markdown`**bold**`", "mime": "text/markdown"},
        {"code": "display.latex`\\alpha`", "mime": "text/latex"},
        {"code": "display.json({ a: [1] })", "mime": "application/json"},
        {"code": "display.svg('<svg xmlns=\"http://www.w3.org/2000/svg\"/>')", "mime": "image/svg+xml"},
        {
            "code": "display(Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10))",
            "mime": "image/png",
        },
    ]

    code_history_pattern = "6 ? 7"
    supported_history_operations = ("tail", "range", "search")


class TestWelcome(jupyter_kernel_test.IopubWelcomeTests):
    kernel_name = "chatops"
    support_iopub_welcome = True


# Imported as members only, so that pytest does not collect the kits' own classes again.
del jupyter_kernel_test
