#include "foreign/python/dump.h"

#include <gtest/gtest.h>

#include "base/file.h"
#include "foreign/python/text.h"
#include "foreign/python/write.h"

namespace majlis::foreign {
namespace {

constexpr std::string_view kHead =
    "# -*- python -*-\n# -*- coding: us-ascii -*-\n## \"foo\" mailing list\n## captured\n\n";

// "line name = value" and "line: problem", a line each.
std::string read(std::string_view text) {
  const Dump dump = read_dump(text);
  std::string out;
  for (const auto& each : dump.assignments) {
    out += std::to_string(each.line) + ' ' + std::string(each.name) + " = " + write_literal(each.value) + '\n';
  }
  for (const auto& each : dump.problems) out += std::to_string(each.line) + ": " + each.what + '\n';
  return out;
}

// The value of one assignment behind the head of a dump.
std::string read_in_dump(std::string_view assignment) {
  const std::string text = std::string(kHead) + std::string(assignment);
  const Dump dump = read_dump(text);
  if (dump.assignments.size() != 1 || !dump.problems.empty()) return "not one assignment";
  return write_literal(dump.assignments[0].value);
}

TEST(Dump, ReadsEveryKindOfValue) {
  EXPECT_EQ(read("a = 1\nb = -2.50\nc=True # why\nd = None\ne = 12L\nf = 1e3\n"),
            "1 a = 1\n2 b = -2.5\n3 c = True\n4 d = None\n5 e = 12\n6 f = 1000.0\n");
  EXPECT_EQ(read("a = 'x'\nb = \"y'\"\nc = '''l\nm'''\nd = r'\\d'\ne = u'\\u20ac'\nf = ''\n"),
            "1 a = 'x'\n2 b = \"y'\"\n3 c = 'l\\nm'\n5 d = '\\\\d'\n6 e = u'\\u20ac'\n7 f = ''\n");
  EXPECT_EQ(
      read("a = []\nb = ['x',\n  'y', # one\n  u'z',]\nc = (1,)\nd = (1)\ne = [('p', 3, False)]\nf = {'k': [1]}\n"),
      "1 a = []\n2 b = ['x', 'y', u'z']\n5 c = (1,)\n6 d = 1\n7 e = [('p', 3, False)]\n8 f = {'k': [1]}\n");
  EXPECT_EQ(read("a = ['one '\n     'two']\nb = mm_cfg.HOLD\n"), "1 a = ['one two']\n3 b = 7\n");
  EXPECT_EQ(read("\xEF\xBB\xBF"
                 "a = 1\r\n\r\nb = 2"),
            "1 a = 1\n3 b = 2\n");
}

TEST(Dump, DecodesTheEscapesOfPythonOutsideOfDumps) {
  EXPECT_EQ(read("a = '\\x41\\102\\t\\q\\\\'\nb = \"\"\"\\bfoo\\\nbar\"\"\"\n"),
            "1 a = 'AB\\t\\\\q\\\\'\n2 b = '\\x08foobar'\n");
}

// config_list escapes nothing but quotes there: what it wrote of "\bfoo\1" would be a backspace when executed.
TEST(Dump, UndoesOnlyQuotesWhereConfigListWroteNothingElse) {
  EXPECT_EQ(read_in_dump("a = \"\"\"\\bfoo\\1\n\\\"x\\\" \\\\ \\\" \"\"\"\n"), "'\\\\bfoo\\\\1\\n\"x\" \\\\\\\\ \" '");
  EXPECT_EQ(read_in_dump("a = \"\"\"one\ntwo\\\"\"\"\"\n"), "'one\\ntwo\"'");
  EXPECT_EQ(read_in_dump("a = \"\"\"one\ntwo\\\"\"\"\nb = 1\n"), "not one assignment");
  EXPECT_EQ(read_in_dump("a = \"\"\"one\ntwo\\\"\"\"\n"), "'one\\ntwo\\\\'");
  EXPECT_EQ(read_in_dump("a = \"sch\xF6n \\d \\\"q\\\"\"\n"), "'sch\\xf6n \\\\d \"q\"'");
  EXPECT_EQ(read_in_dump("a = \"sch\xF6n\\\"\n"), "'sch\\xf6n\\\\'");
}

TEST(Dump, UndoesAllEscapesOfWhatConfigListWroteByRepr) {
  EXPECT_EQ(read_in_dump("a = '\\\\bfoo\\\\1 \\xe9'\n"), "'\\\\bfoo\\\\1 \\xe9'");
  EXPECT_EQ(read_in_dump("a = \"it's \\\\d\"\n"), "\"it's \\\\d\"");
  EXPECT_EQ(read_in_dump("a = [('^x: y\\r\\n^z', 3, False), \"it's\"]\n"), "[('^x: y\\r\\n^z', 3, False), \"it's\"]");
}

TEST(Dump, KnowsADumpByItsShapeWhateverItsLanguage) {
  const auto value = [](std::string_view head) {
    const std::string text = std::string(head) + "a = \"\"\"\\d\n\"\"\"\n";
    const Dump dump = read_dump(text);
    return write_literal(dump.assignments.at(0).value);
  };
  EXPECT_EQ(value("## \"foo\" mailing list configuration settings -*- python -*-\n## captured on\n\n"), "'\\\\d\\n'");
  EXPECT_EQ(value("# -*- python -*-\n# -*- coding: utf-8 -*-\n## Einstellungen von \"foo\"\n## Aufgezeichnet um\n\n"),
            "'\\\\d\\n'");
  EXPECT_EQ(value("# -*- python -*-\n\n## Of a person\n\n"), "'\\\\d\\n'");  // an unknown escape stays anyway
  EXPECT_EQ(value("# -*- python -*-\n\n"), "'\\\\d\\n'");
}

TEST(Dump, ReportsByLineWhatItDoesNotRead) {
  EXPECT_EQ(read("import os\na = os.getcwd()\nb = 1 + 1\nc += 'x'\nmlist.d = 2\ndel e\n  f = 1\ng = 2\n"),
            "8 g = 2\n"
            "1: no assignment of a value to a setting; nothing else is read, and nothing is executed\n"
            "2: a: \"os.getcwd\" is no value: nothing is calculated or called\n"
            "3: b: something stands behind the value\n"
            "4: no assignment of a value to a setting; nothing else is read, and nothing is executed\n"
            "5: no assignment of a value to a setting; nothing else is read, and nothing is executed\n"
            "6: no assignment of a value to a setting; nothing else is read, and nothing is executed\n");
  EXPECT_EQ(read("a = ['x',\n  foo(),\n  'y']\nb = 'open\nc = 010\nd = [1 2]\n"),
            "2: a: \"foo\" is no value: nothing is calculated or called\n"
            "4: b: a string does not end\n"
            "5: c: a number is octal in Python 2\n"
            "6: d: a comma or \"]\" is missing\n");
  EXPECT_EQ(read("x += '''\na = 1\n'''\nb = '\\x4'\nc =\n  d = 1\n"),
            "1: no assignment of a value to a setting; nothing else is read, and nothing is executed\n"
            "4: b: an escape in a string is cut short\n"
            "5: c: a value cannot begin with \"\\x0a\"\n");
  EXPECT_EQ(read("del '"), "1: no assignment of a value to a setting; nothing else is read, and nothing is executed\n");
  EXPECT_EQ(read("  a = 1\n"), "1: an indented line belongs to no assignment\n");
}

TEST(Dump, StopsWhereTooMuchIsWrongAndSaysSo) {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "x\n";
  const Dump dump = read_dump(text);
  ASSERT_EQ(dump.problems.size(), kMaxDumpProblems);
  EXPECT_EQ(dump.problems.back().what, "too much is wrong: nothing behind this line was read");
}

TEST(Dump, RefusesWhatIsNestedTooDeeply) {
  EXPECT_EQ(read("a = " + std::string(40, '[')), "1: a: it is nested too deeply\n");
}

// Behind a backslash none ends another, and each was looked through to the end of the text.
TEST(Dump, LooksForTheEndOfAnEndlessStringOnce) {
  for (const std::string quote : {"\"\"\"", "'''"}) {
    std::string text = "garbage here\n";
    for (int i = 0; i < 200'000; ++i) text += " \\" + quote + "\n";
    EXPECT_EQ(read_dump(text).problems.size(), 1U);
  }
  EXPECT_EQ(read("a = \"\"\"x\nb = 1\nc = '''y'''\n"), "2 b = 1\n3 c = 'y'\n1: a: a string does not end\n");
}

TEST(Dump, TakesTheCharsetOfItsFirstLines) {
  EXPECT_EQ(read_dump("# -*- python -*-\n# -*- coding: iso-8859-2 -*-\n").charset, "iso-8859-2");
  EXPECT_EQ(read_dump("# vim: set fileencoding=UTF-8 :\n").charset, "utf-8");
  EXPECT_EQ(read_dump("\n\n# -*- coding: utf-8 -*-\n").charset, "us-ascii");
}

TEST(PythonText, IsUtf8WhateverCharsetTheListSays) {
  EXPECT_EQ(utf8_of(PythonValue::octets("sch\xF6n"), "utf-8"), "schön");  // an old list under a new charset
  EXPECT_EQ(utf8_of(PythonValue::octets("schön"), "iso-8859-1"), "schön");
  EXPECT_EQ(utf8_of(PythonValue::octets("\xA3"), "iso-8859-2"), "Ł");
  EXPECT_EQ(utf8_of(PythonValue::text("Ł\r\n"), "iso-8859-2"), "Ł\n");
  EXPECT_EQ(utf8_of(PythonValue::integer(1), "utf-8"), "");
  EXPECT_EQ(charset_of_language("ja"), "euc-jp");
  EXPECT_EQ(charset_of_language("tlh"), "us-ascii");
}

TEST(DumpCorpus, ReadsADumpOf2003) {
  const auto text = read_file(std::string(MAJLIS_CORPUS_DIR) + "/config/mailman2/sitelist-Koumbit.cfg", kMaxDumpOctets);
  if (!text) GTEST_SKIP() << "no test corpus at " << MAJLIS_CORPUS_DIR;
  const Dump dump = read_dump(*text);
  EXPECT_TRUE(dump.problems.empty());
  ASSERT_EQ(dump.assignments.size(), 22U);
  EXPECT_EQ(dump.assignments[0].name, "real_name");
  EXPECT_EQ(write_literal(dump.assignments[0].value), "'Mailman'");
  const auto& footer = dump.assignments[8];
  EXPECT_EQ(footer.name, "msg_footer");
  EXPECT_TRUE(footer.value.as_octets()->ends_with("/%(_internal_name)s"));
}

}  // namespace
}  // namespace majlis::foreign
