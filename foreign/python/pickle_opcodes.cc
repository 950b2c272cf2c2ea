#include <string>
#include <utility>

#include "base/text.h"
#include "base/unicode.h"
#include "foreign/python/escapes.h"
#include "foreign/python/number.h"
#include "foreign/python/pickle_names.h"
#include "foreign/python/pickle_reader.h"

namespace majlis::foreign {
namespace {

constexpr Fault kBadNumber = "its number is none, or has more than 64 bits";
constexpr Fault kHasArguments = "the class is called with arguments";
constexpr Fault kBadText = "its text is not quoted as Python does";

constexpr std::uint64_t kMaxProtocol = 2;

// A text that is encoded stands in the file once, and in UTF-8 is at most twice as long as there.
constexpr std::size_t kMostPerOctet = 2;

std::optional<bool> bool_of_int(std::string_view line) {
  if (line == "01") return true;
  return line == "00" ? std::optional<bool>(false) : std::nullopt;
}

}  // namespace

// Those of protocols 3 to 5 only to be called by their names.
const std::array<PickleReader::Opcode, 68> PickleReader::kOpcodes = {{
    {0x80, "PROTO", &PickleReader::proto},
    {'N', "NONE", &PickleReader::none},
    {0x88, "NEWTRUE", &PickleReader::new_true},
    {0x89, "NEWFALSE", &PickleReader::new_false},
    {'I', "INT", &PickleReader::int_line},
    {'L', "LONG", &PickleReader::long_line},
    {'F', "FLOAT", &PickleReader::float_line},
    {'J', "BININT", &PickleReader::binint},
    {'K', "BININT1", &PickleReader::binint1},
    {'M', "BININT2", &PickleReader::binint2},
    {0x8a, "LONG1", &PickleReader::long1},
    {0x8b, "LONG4", &PickleReader::long4},
    {'G', "BINFLOAT", &PickleReader::binfloat},
    {'S', "STRING", &PickleReader::string_line},
    {'T', "BINSTRING", &PickleReader::binstring},
    {'U', "SHORT_BINSTRING", &PickleReader::short_binstring},
    {'V', "UNICODE", &PickleReader::unicode_line},
    {'X', "BINUNICODE", &PickleReader::binunicode},
    {'(', "MARK", &PickleReader::mark},
    {']', "EMPTY_LIST", &PickleReader::empty_list},
    {')', "EMPTY_TUPLE", &PickleReader::empty_tuple},
    {'}', "EMPTY_DICT", &PickleReader::empty_dict},
    {'l', "LIST", &PickleReader::list},
    {'t', "TUPLE", &PickleReader::tuple},
    {'d', "DICT", &PickleReader::dict},
    {0x85, "TUPLE1", &PickleReader::tuple1},
    {0x86, "TUPLE2", &PickleReader::tuple2},
    {0x87, "TUPLE3", &PickleReader::tuple3},
    {'a', "APPEND", &PickleReader::append},
    {'e', "APPENDS", &PickleReader::appends},
    {'s', "SETITEM", &PickleReader::setitem},
    {'u', "SETITEMS", &PickleReader::setitems},
    {'p', "PUT", &PickleReader::put_line},
    {'q', "BINPUT", &PickleReader::binput},
    {'r', "LONG_BINPUT", &PickleReader::long_binput},
    {'g', "GET", &PickleReader::get_line},
    {'h', "BINGET", &PickleReader::binget},
    {'j', "LONG_BINGET", &PickleReader::long_binget},
    {'c', "GLOBAL", &PickleReader::global},
    {'i', "INST", &PickleReader::inst},
    {'o', "OBJ", &PickleReader::obj},
    {0x81, "NEWOBJ", &PickleReader::newobj},
    {'R', "REDUCE", &PickleReader::reduce},
    {'b', "BUILD", &PickleReader::build},
    {'.', "STOP", &PickleReader::stop},
    {'0', "POP", nullptr},
    {'1', "POP_MARK", nullptr},
    {'2', "DUP", nullptr},
    {'P', "PERSID", nullptr},
    {'Q', "BINPERSID", nullptr},
    {0x82, "EXT1", nullptr},
    {0x83, "EXT2", nullptr},
    {0x84, "EXT4", nullptr},
    {'B', "BINBYTES", nullptr},
    {'C', "SHORT_BINBYTES", nullptr},
    {0x8c, "SHORT_BINUNICODE", nullptr},
    {0x8d, "BINUNICODE8", nullptr},
    {0x8e, "BINBYTES8", nullptr},
    {0x8f, "EMPTY_SET", nullptr},
    {0x90, "ADDITEMS", nullptr},
    {0x91, "FROZENSET", nullptr},
    {0x92, "NEWOBJ_EX", nullptr},
    {0x93, "STACK_GLOBAL", nullptr},
    {0x94, "MEMOIZE", nullptr},
    {0x95, "FRAME", nullptr},
    {0x96, "BYTEARRAY8", nullptr},
    {0x97, "NEXT_BUFFER", nullptr},
    {0x98, "READONLY_BUFFER", nullptr},
}};

Fault PickleReader::push_long(std::optional<std::uint64_t> length) {
  if (!length) return kCutShort;
  return *length > 8 ? kBadNumber : push_integer(input_.take_signed(*length), kCutShort);
}

Fault PickleReader::proto() {
  const auto protocol = input_.take_little(1);
  if (!protocol) return kCutShort;
  return *protocol <= kMaxProtocol ? kFine : "the protocol is not 0, 1 or 2, those of Python 2";
}

Fault PickleReader::int_line() {
  const auto line = input_.take_line();
  if (!line) return kCutShort;
  if (const auto boolean = bool_of_int(*line)) return push(PythonValue::boolean(*boolean));
  return push_integer(whole_number<std::int64_t>(*line), kBadNumber);
}

Fault PickleReader::long_line() {
  auto line = input_.take_line();
  if (!line) return kCutShort;
  if (line->ends_with('L')) line->remove_suffix(1);
  return push_integer(whole_number<std::int64_t>(*line), kBadNumber);
}

Fault PickleReader::float_line() {
  const auto line = input_.take_line();
  if (!line) return kCutShort;
  const auto number = whole_number<double>(*line);
  return number ? push(PythonValue::real(*number)) : kBadNumber;
}

Fault PickleReader::binfloat() {
  const auto number = input_.take_double();
  return number ? push(PythonValue::real(*number)) : kCutShort;
}

Fault PickleReader::string_line() {
  const auto line = input_.take_line();
  if (!line) return kCutShort;
  const bool quoted =
      line->size() >= 2 && (line->front() == '\'' || line->front() == '"') && line->back() == line->front();
  auto octets = quoted ? undo_python_escapes(line->substr(1, line->size() - 2), PythonQuoted::octets) : std::nullopt;
  return octets ? push(PythonValue::octets(storage_.keep(std::move(*octets)))) : kBadText;
}

Fault PickleReader::unicode_line() {
  const auto line = input_.take_line();
  if (!line) return kCutShort;
  auto text = undo_raw_unicode_escapes(*line);
  return text ? push(PythonValue::text(storage_.keep(std::move(*text)))) : kBadText;
}

Fault PickleReader::binunicode() {
  const auto length = input_.take_little(4);
  auto text = length ? input_.take(*length) : std::nullopt;
  if (!text) return kCutShort;
  if (is_valid_utf8(*text)) return push(PythonValue::text(*text));
  std::string mended;  // Python 2 writes half a surrogate pair as it stands
  while (!text->empty()) append_utf8(mended, next_code_point(*text));
  return push(PythonValue::text(storage_.keep(std::move(mended))));
}

Fault PickleReader::mark() {
  marks_.push_back(stack_.size());
  return kFine;
}

Fault PickleReader::from_mark(PythonKind kind) {
  auto items = pop_to_mark();
  if (!items) return kNoValues;
  if (kind == PythonKind::dict && items->size() % 2 != 0) return kOddValues;
  return push_container(kind, std::move(*items));
}

Fault PickleReader::small_tuple(std::size_t count) {
  if (own_values() < count) return kNoValues;
  std::vector<PythonValue> items(stack_.end() - static_cast<std::ptrdiff_t>(count), stack_.end());
  stack_.resize(stack_.size() - count);
  return push_container(PythonKind::tuple, std::move(items));
}

Fault PickleReader::append() {
  if (own_values() < 2) return kNoValues;
  const PythonValue item = pop();
  return extend(PythonKind::list, {item});
}

Fault PickleReader::appends() {
  auto items = pop_to_mark();
  return items ? extend(PythonKind::list, std::move(*items)) : kNoValues;
}

Fault PickleReader::setitem() {
  if (own_values() < 3) return kNoValues;
  const PythonValue value = pop();
  const PythonValue key = pop();
  return extend(PythonKind::dict, {key, value});
}

Fault PickleReader::setitems() {
  auto items = pop_to_mark();
  return items ? extend(PythonKind::dict, std::move(*items)) : kNoValues;
}

Fault PickleReader::put_line() {
  const auto line = input_.take_line();
  if (!line) return kCutShort;
  const auto id = parse_number(*line);
  return id ? remember(id) : kBadNumber;
}

Fault PickleReader::get_line() {
  const auto line = input_.take_line();
  if (!line) return kCutShort;
  const auto id = parse_number(*line);
  return id ? recall(id) : kBadNumber;
}

Fault PickleReader::global() {
  const auto dotted = take_dotted();
  return dotted ? push_name(*dotted) : kCutShort;
}

Fault PickleReader::inst() {
  const auto dotted = take_dotted();
  if (!dotted) return kCutShort;
  const auto arguments = pop_to_mark();
  if (!arguments) return kNoValues;
  if (pickle_name(*dotted) == PickleName::foreign) return kForeignName;
  return arguments->empty() ? push_instance(*dotted) : kHasArguments;
}

Fault PickleReader::obj() {
  const auto items = pop_to_mark();
  if (!items || items->empty() || !items->front().is(PythonKind::name)) return kNoValues;
  return items->size() == 1 ? push_instance(items->front().class_name()) : kHasArguments;
}

Fault PickleReader::newobj() {
  if (own_values() < 2) return kNoValues;
  const PythonValue arguments = pop();
  const PythonValue name = pop();
  if (!name.is(PythonKind::name) || !arguments.is(PythonKind::tuple)) return kNoValues;
  return arguments.items().empty() ? push_instance(name.class_name()) : kHasArguments;
}

// copy_reg._reconstructor(class, object, None)
Fault PickleReader::reconstruct(std::span<const PythonValue> arguments) {
  const bool plain = arguments.size() == 3 && arguments[0].is(PythonKind::name) && arguments[1].is(PythonKind::name) &&
                     pickle_name(arguments[1].class_name()) == PickleName::object && arguments[2].is(PythonKind::none);
  return plain ? push_instance(arguments[0].class_name()) : kHasArguments;
}

// _codecs.encode(text, 'latin1'): an octet is a code point.
Fault PickleReader::encode(std::span<const PythonValue> arguments) {
  const bool latin1 =
      arguments.size() == 2 && arguments[0].is(PythonKind::text) && arguments[1].as_octets() == "latin1";
  if (!latin1) return "it encodes otherwise than Python 3 writes octets";
  std::string_view rest = *arguments[0].as_octets();
  encoded_ += rest.size();
  if (encoded_ > kMostPerOctet * size_) return "it encodes one text again and again";
  std::string octets;
  while (!rest.empty()) {
    const char32_t code_point = next_code_point(rest);
    if (code_point > 0xFF) return "a character is no octet";
    octets += static_cast<char>(code_point);
  }
  return push(PythonValue::octets(storage_.keep(std::move(octets))));
}

Fault PickleReader::reduce() {
  if (own_values() < 2) return kNoValues;
  const PythonValue arguments = pop();
  const PythonValue name = pop();
  if (!name.is(PythonKind::name) || !arguments.is(PythonKind::tuple)) return kNoValues;
  switch (pickle_name(name.class_name())) {
    case PickleName::reconstructor: return reconstruct(arguments.items());
    case PickleName::encode: return encode(arguments.items());
    default: return "what it would call is not known as data";
  }
}

Fault PickleReader::build() {
  if (own_values() < 2) return kNoValues;
  const PythonValue state = pop();
  if (!stack_.back().is(PythonKind::instance)) return "what it fills is no instance";
  stack_.back().content()->items = {state};
  return kFine;
}

Fault PickleReader::stop() {
  if (stack_.size() != 1 || !marks_.empty()) return "there is not one value";
  if (!input_.is_at_end()) return "octets follow it";
  stopped_ = true;
  return kFine;
}

}  // namespace majlis::foreign
