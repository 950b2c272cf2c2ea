#include "foreign/python/pickle.h"

#include <gtest/gtest.h>

#include "base/file.h"
#include "foreign/python/pickle_reader.h"
#include "foreign/python/write.h"

namespace majlis::foreign {
namespace {

using namespace std::string_literals;

// What a pickle holds, as Python writes it; of a refused one why.
std::string read(std::string_view octets) {
  const auto pickle = read_pickle(octets);
  return pickle ? write_literal(pickle->value) : pickle.error().what;
}

TEST(Pickle, ReadsWhatProtocolZeroWrites) {
  EXPECT_EQ(read("(dp0\nS'a'\np1\nI1\nsS'b'\np2\n(lp3\nI01\naL2L\naF2.5\naVz\\u00e9\np4\naNas."),
            "{'a': 1, 'b': [True, 2, 2.5, u'z\\xe9', None]}");
  EXPECT_EQ(read("S'it\\'s \\x41\\101\\n'\n."), "\"it's AA\\n\"");
  EXPECT_EQ(read("(I1\n(I2\nI3\ntt."), "(1, (2, 3))");
}

TEST(Pickle, ReadsWhatProtocolsOneAndTwoWrite) {
  EXPECT_EQ(read("}q\x01(U\x01"s
                 "aq\x02K\x05T\x02\x00\x00\x00"s
                 "bbJ\xff\xff\xff\xffM\x00\x01I00\nu."s),
            "{'a': 5, 'bb': -1, 256: False}");
  EXPECT_EQ(read("\x80\x02]q\x00(\x88\x89\x8a\x00\x8a\x01\xff\x8a\x02\xff\x00\x85)X\x02\x00\x00\x00\xc3\xa9"s
                 "G@\x04\x00\x00\x00\x00\x00\x00"s
                 "e."s),
            "[True, False, 0, -1, (255,), (), u'\\xe9', 2.5]");
  EXPECT_EQ(read("\x80\x02K\x01K\x02\x86NN\x87."), "((1, 2), None, None)");
}

TEST(Pickle, KeepsInstancesAsDataWhateverOpcodeMakesThem) {
  const std::string state = "}U\x01sK\x02s";
  for (const std::string& made :
       {"(cMailman.Bouncer\n_BounceInfo\no"s, "(iMailman.Bouncer\n_BounceInfo\n"s,
        "cMailman.Bouncer\n_BounceInfo\n)\x81"s,
        "ccopy_reg\n_reconstructor\n(cMailman.Bouncer\n_BounceInfo\nc__builtin__\nobject\nNtR"s}) {
    const std::string octets = made + state + "b.";
    const auto pickle = read_pickle(octets);
    ASSERT_TRUE(pickle.ok()) << pickle.error().what;
    EXPECT_EQ(pickle->value.class_name(), "Mailman.Bouncer._BounceInfo");
    ASSERT_NE(pickle->value.find("s"), nullptr);
    EXPECT_EQ(pickle->value.find("s")->as_integer(), 2);
  }
}

TEST(Pickle, ReadsOctetsThatPython3Wrote) {
  EXPECT_EQ(read("c_codecs\nencode\n(X\x03\x00\x00\x00z\xc3\xbfU\x06latin1tR."s), "'z\\xff'");
}

TEST(Pickle, RefusesWhatItWouldHaveToCall) {
  EXPECT_EQ(read("cos\nsystem\n(S'id'\ntR."),
            "pickle: opcode GLOBAL at octet 0: it names what no file of Mailman's holds");
  EXPECT_EQ(read("(S'id'\nios\nsystem\n."), "pickle: opcode INST at octet 7: it names what no file of Mailman's holds");
  EXPECT_EQ(read("cMailman.Bouncer\n_BounceInfo\n(I1\ntR."),
            "pickle: opcode REDUCE at octet 34: what it would call is not known as data");
  EXPECT_EQ(read("(cMailman.Bouncer\n_BounceInfo\nI1\no."),
            "pickle: opcode OBJ at octet 33: the class is called with arguments");
  EXPECT_EQ(read("(c_codecs\nencode\no."),
            "pickle: opcode OBJ at octet 17: it makes no object, but what a function returns");
  EXPECT_EQ(read("cMailman.Bouncer\n_BounceInfo\n.").substr(0, 22), "pickle: opcode STOP at");
}

TEST(Pickle, RefusesOpcodesOutsideItsListByNameAndPlace) {
  EXPECT_EQ(read("}\x94."), "pickle: opcode MEMOIZE at octet 1: no file of Mailman's under Python 2 has it");
  EXPECT_EQ(read("N0N."), "pickle: opcode POP at octet 1: no file of Mailman's under Python 2 has it");
  EXPECT_EQ(read("N\xff"), "pickle: opcode 0xff at octet 1: there is none such");
  EXPECT_EQ(read("\x80\x04N."), "pickle: opcode PROTO at octet 0: the protocol is not 0, 1 or 2, those of Python 2");
}

TEST(Pickle, RefusesWhatIsCutShortOrDoesNotFit) {
  EXPECT_EQ(read(""), "pickle: the file ends at octet 0 without STOP");
  EXPECT_EQ(read("T\xff\xff\xff\xffxx"), "pickle: opcode BINSTRING at octet 0: the file ends in it");
  EXPECT_EQ(read("]q"), "pickle: opcode BINPUT at octet 1: the file ends in it");
  EXPECT_EQ(read("NN."), "pickle: opcode STOP at octet 2: there is not one value");
  EXPECT_EQ(read("N.N"), "pickle: opcode STOP at octet 1: octets follow it");
  EXPECT_EQ(read("u."), "pickle: opcode SETITEMS at octet 0: there are fewer values than it needs");
  EXPECT_EQ(read("}(Nu."), "pickle: opcode SETITEMS at octet 3: a key has no value");
  EXPECT_EQ(read("](Na."), "pickle: opcode APPEND at octet 3: there are fewer values than it needs");
  EXPECT_EQ(read("Nh\x09."), "pickle: opcode BINGET at octet 1: nothing was stored under its number");
  EXPECT_EQ(read("Nr\xff\xff\xff\xff."), "pickle: opcode LONG_BINPUT at octet 1: its number is too large");
  EXPECT_EQ(read("\x8a\x09"), "pickle: opcode LONG1 at octet 0: its number is none, or has more than 64 bits");
}

// Ten lists, each of which holds the one before it ten times: 10^10 values in a few octets.
TEST(Pickle, RefusesWhatIsSmallAndBecomesEndless) {
  std::string nested = "]q\x01";
  for (char i = 1; i <= 10; ++i) {
    nested += "](";
    for (int j = 0; j < 10; ++j) nested += {'h', i};
    nested += {'e', 'q', static_cast<char>(i + 1)};
  }
  // All but the last stand below it on the stack: a tuple of them all.
  const std::string why = "a value holds itself, is nested too deeply or stands in too many places";
  EXPECT_TRUE(read("(" + nested + "t.").ends_with(why)) << read("(" + nested + "t.");
  EXPECT_TRUE(read("]q\x01h\x01"s
                   "a.")
                  .ends_with(why));
  std::string deep;
  for (std::size_t i = 0; i < kMaxPickleDepth + 1; ++i) deep += '(';
  for (std::size_t i = 0; i < kMaxPickleDepth + 1; ++i) deep += 't';
  EXPECT_TRUE(read(deep + ".").ends_with(why));
}

// "h\x01h\x02R" makes a text anew out of five octets.
TEST(Pickle, RefusesToMakeOneTextAgainAndAgain) {
  const std::string text(1000, 'x');
  std::string octets = "(c_codecs\nencode\nq\x01(X\xe8\x03\x00\x00"s + text + "U\x06latin1tq\x02"s;
  for (int i = 0; i < 20; ++i) octets += "h\x01h\x02R";
  EXPECT_TRUE(read(octets + "t.").ends_with(": it encodes one text again and again")) << read(octets + "t.");
}

TEST(Pickle, RefusesALongStringInTooManyPlaces) {
  const std::string text(10'000, 'x');
  std::string octets = "(T\x10\x27\x00\x00"s + text + "q\x01"s;
  for (int i = 0; i < 20; ++i) octets += "h\x01";
  EXPECT_EQ(read(octets + "t.").size(), 21 * (text.size() + 4));
  for (int i = 0; i < 20; ++i) octets += "h\x01";
  EXPECT_TRUE(read(octets + "t.").ends_with("stands in too many places"));
}

std::string corpus(std::string_view name) {
  return std::string(MAJLIS_CORPUS_DIR) + "/config/mailman2/" + std::string(name);
}

// JSON knows one kind of text and one of lists: so the two are compared.
std::string json_of(const PythonValue& value);

std::string json_items(const PythonValue& value) {
  std::string out;
  for (std::size_t i = 0; i < value.items().size(); ++i) {
    if (i > 0) out += value.is(PythonKind::dict) && i % 2 == 1 ? ":" : ",";
    out += json_of(value.items()[i]);
  }
  return out;
}

std::string json_of(const PythonValue& value) {
  if (value.as_octets()) return write_literal(PythonValue::octets(*value.as_octets()));
  if (value.is(PythonKind::dict)) return "{" + json_items(value) + "}";
  if (value.is(PythonKind::list) || value.is(PythonKind::tuple)) return "[" + json_items(value) + "]";
  return write_literal(value);
}

TEST(PickleCorpus, ReadsTheStateOfRealLists) {
  const auto octets = read_file(corpus("config.pck"), kMaxPickleOctets);
  if (!octets) GTEST_SKIP() << "no test corpus at " << MAJLIS_CORPUS_DIR;
  const auto pickle = read_pickle(*octets);
  ASSERT_TRUE(pickle.ok()) << pickle.error().what;
  const PythonValue& state = pickle->value;
  EXPECT_EQ(state.items().size() / 2, 129U);
  EXPECT_EQ(json_of(*state.find("members")),
            "{'dperson@example.org':0,'bperson@example.com':0,'cris.person@example.net':0}");
  EXPECT_EQ(json_of(*state.find("pass_mime_types")), "['multipart/mixed','multipart/alternative','text/plain']");
  EXPECT_EQ(state.find("bounce_info_stale_after")->as_integer(), 604800);
  EXPECT_EQ(state.find("created_at")->as_number(), 1270420777.274485);
  EXPECT_EQ(state.find("subject_prefix")->as_octets(), "[Test] ");
}

TEST(PickleCorpus, ReadsInstancesOfARealList) {
  const auto octets = read_file(corpus("config-with-instances.pck"), kMaxPickleOctets);
  if (!octets) GTEST_SKIP() << "no test corpus at " << MAJLIS_CORPUS_DIR;
  const auto pickle = read_pickle(*octets);
  ASSERT_TRUE(pickle.ok()) << pickle.error().what;
  const PythonValue* const info = pickle->value.find("bounce_info");
  ASSERT_NE(info, nullptr);
  ASSERT_EQ(info->items().size(), 4U);
  for (const std::size_t at : {1U, 3U}) {
    const PythonValue& one = info->items()[at];
    EXPECT_EQ(one.class_name(), "Mailman.Bouncer._BounceInfo");
    EXPECT_EQ(json_of(*one.find("date")), "[2015,3,24]");
    EXPECT_EQ(one.find("score")->as_number(), 1.0);
    EXPECT_EQ(one.find("noticesleft")->as_integer(), 3);
  }
}

// Cut anywhere, it is refused: no half of a list is taken for the whole.
TEST(PickleCorpus, RefusesARealFileThatIsCut) {
  const auto octets = read_file(corpus("config-with-instances.pck"), kMaxPickleOctets);
  if (!octets) GTEST_SKIP() << "no test corpus at " << MAJLIS_CORPUS_DIR;
  for (std::size_t length = 0; length < octets->size(); ++length) {
    EXPECT_FALSE(read_pickle(std::string_view(*octets).substr(0, length)).ok()) << length;
  }
}

}  // namespace
}  // namespace majlis::foreign
