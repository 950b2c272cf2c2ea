#include "foreign/python/pickle.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"
#include "base/unicode.h"
#include "foreign/python/escapes.h"
#include "foreign/python/number.h"
#include "foreign/python/pickle_input.h"
#include "foreign/python/pickle_names.h"

namespace majlis::foreign {
namespace {

using Fault = const char*;
constexpr Fault kFine = nullptr;
constexpr Fault kCutShort = "the file ends in it";
constexpr Fault kNoValues = "there are fewer values than it needs";
constexpr Fault kBadNumber = "its number is none, or has more than 64 bits";
constexpr Fault kBadText = "its text is not quoted as Python does";

constexpr std::uint64_t kMaxProtocol = 2;
constexpr std::size_t kVisitsPerOctet = 16;  // of values that stand in several places
constexpr std::size_t kFewVisits = 1000;

std::optional<bool> bool_of_int(std::string_view line) {
  if (line == "01") return true;
  return line == "00" ? std::optional<bool>(false) : std::nullopt;
}

class PickleReader {
 public:
  explicit PickleReader(std::string_view octets) : input_(octets), size_(octets.size()) {}
  Result<Pickle> read();

 private:
  struct Opcode {
    unsigned char code;
    std::string_view name;
    Fault (PickleReader::*read)();  // nullptr: refused
  };
  static const std::array<Opcode, 68> kOpcodes;
  static std::array<const Opcode*, 256> by_code();

  // What stands above the last mark.
  std::size_t own_values() const { return stack_.size() - (marks_.empty() ? 0 : marks_.back()); }
  PythonValue pop();
  std::optional<std::vector<PythonValue>> pop_to_mark();
  Fault push(PythonValue value);
  Fault push_container(PythonKind kind, std::vector<PythonValue> items);
  Fault push_integer(std::optional<std::int64_t> number, Fault otherwise);
  Fault push_octets(std::optional<std::uint64_t> length);
  Fault push_long(std::optional<std::uint64_t> length);
  Fault push_instance(std::string_view class_name);
  Fault push_name(std::string_view dotted);
  Fault extend(PythonKind kind, std::vector<PythonValue> items);
  Fault remember(std::optional<std::uint64_t> id);
  Fault recall(std::optional<std::uint64_t> id);
  Fault reconstruct(std::span<const PythonValue> arguments);
  Fault encode(std::span<const PythonValue> arguments);
  std::optional<std::string_view> take_dotted();

  Fault proto();
  Fault none() { return push(PythonValue()); }
  Fault new_true() { return push(PythonValue::boolean(true)); }
  Fault new_false() { return push(PythonValue::boolean(false)); }
  Fault int_line();
  Fault long_line();
  Fault float_line();
  Fault binint() { return push_integer(input_.take_signed(4), kCutShort); }
  Fault binint1() { return push_integer(input_.take_little(1), kCutShort); }
  Fault binint2() { return push_integer(input_.take_little(2), kCutShort); }
  Fault long1() { return push_long(input_.take_little(1)); }
  Fault long4() { return push_long(input_.take_little(4)); }
  Fault binfloat();
  Fault string_line();
  Fault binstring() { return push_octets(input_.take_little(4)); }
  Fault short_binstring() { return push_octets(input_.take_little(1)); }
  Fault unicode_line();
  Fault binunicode();
  Fault mark();
  Fault empty_list() { return push_container(PythonKind::list, {}); }
  Fault empty_tuple() { return push_container(PythonKind::tuple, {}); }
  Fault empty_dict() { return push_container(PythonKind::dict, {}); }
  Fault list() { return from_mark(PythonKind::list); }
  Fault tuple() { return from_mark(PythonKind::tuple); }
  Fault dict() { return from_mark(PythonKind::dict); }
  Fault tuple1() { return small_tuple(1); }
  Fault tuple2() { return small_tuple(2); }
  Fault tuple3() { return small_tuple(3); }
  Fault from_mark(PythonKind kind);
  Fault small_tuple(std::size_t count);
  Fault append();
  Fault appends();
  Fault setitem();
  Fault setitems();
  Fault put_line();
  Fault binput() { return remember(input_.take_little(1)); }
  Fault long_binput() { return remember(input_.take_little(4)); }
  Fault get_line();
  Fault binget() { return recall(input_.take_little(1)); }
  Fault long_binget() { return recall(input_.take_little(4)); }
  Fault global();
  Fault inst();
  Fault obj();
  Fault newobj();
  Fault reduce();
  Fault build();
  Fault stop();

  Error refused(std::string_view opcode, std::size_t at, std::string_view why) const;
  Result<Pickle> finish();

  PickleInput input_;
  std::size_t size_;
  std::size_t opcode_at_ = 0;
  bool stopped_ = false;
  std::vector<PythonValue> stack_;
  std::vector<std::size_t> marks_;
  std::vector<PythonValue> memo_;
  std::vector<bool> is_stored_;
  PythonStorage storage_;
};

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

std::array<const PickleReader::Opcode*, 256> PickleReader::by_code() {
  std::array<const Opcode*, 256> opcodes{};
  for (const Opcode& each : kOpcodes) opcodes[each.code] = &each;
  return opcodes;
}

PythonValue PickleReader::pop() {
  const PythonValue value = stack_.back();
  stack_.pop_back();
  return value;
}

// The mark goes as well; nullopt without one.
std::optional<std::vector<PythonValue>> PickleReader::pop_to_mark() {
  if (marks_.empty()) return std::nullopt;
  const auto first = stack_.begin() + static_cast<std::ptrdiff_t>(marks_.back());
  std::vector<PythonValue> items(first, stack_.end());
  stack_.erase(first, stack_.end());
  marks_.pop_back();
  return items;
}

Fault PickleReader::push(PythonValue value) {
  stack_.push_back(value);
  return kFine;
}

Fault PickleReader::push_container(PythonKind kind, std::vector<PythonValue> items) {
  PythonContainer& content = storage_.new_container();
  content.items = std::move(items);
  return push(PythonValue::container(kind, content));
}

Fault PickleReader::push_integer(std::optional<std::int64_t> number, Fault otherwise) {
  return number ? push(PythonValue::integer(*number)) : otherwise;
}

Fault PickleReader::push_octets(std::optional<std::uint64_t> length) {
  const auto octets = length ? input_.take(*length) : std::nullopt;
  return octets ? push(PythonValue::octets(*octets)) : kCutShort;
}

Fault PickleReader::push_long(std::optional<std::uint64_t> length) {
  if (!length) return kCutShort;
  return *length > 8 ? kBadNumber : push_integer(input_.take_signed(*length), kCutShort);
}

Fault PickleReader::push_instance(std::string_view class_name) {
  if (pickle_name(class_name) != PickleName::data_class) return "it makes no object, but what a function returns";
  push_container(PythonKind::instance, {});
  stack_.back().content()->class_name = class_name;
  return kFine;
}

Fault PickleReader::push_name(std::string_view dotted) {
  if (pickle_name(dotted) == PickleName::foreign) return "it names what no file of Mailman's holds";
  push_container(PythonKind::name, {});
  stack_.back().content()->class_name = dotted;
  return kFine;
}

// Of a dict, keys and values.
Fault PickleReader::extend(PythonKind kind, std::vector<PythonValue> items) {
  if (own_values() < 1) return kNoValues;
  if (!stack_.back().is(kind)) return "what it adds to is something else";
  if (kind == PythonKind::dict && items.size() % 2 != 0) return "a key has no value";
  std::vector<PythonValue>& all = stack_.back().content()->items;
  all.insert(all.end(), items.begin(), items.end());
  return kFine;
}

// Each number is written once, and before there are as many octets: the table is no longer than the file.
Fault PickleReader::remember(std::optional<std::uint64_t> id) {
  if (!id) return kCutShort;
  if (own_values() < 1) return kNoValues;
  if (*id > opcode_at_) return "its number is too large";
  if (*id >= memo_.size()) {
    memo_.resize(std::max<std::size_t>(*id + 1, std::min(memo_.size() * 2, size_)));
    is_stored_.resize(memo_.size());
  }
  memo_[*id] = stack_.back();
  is_stored_[*id] = true;
  return kFine;
}

Fault PickleReader::recall(std::optional<std::uint64_t> id) {
  if (!id) return kCutShort;
  if (*id >= memo_.size() || !is_stored_[*id]) return "nothing was stored under its number";
  return push(memo_[*id]);
}

// Two lines, module and name.
std::optional<std::string_view> PickleReader::take_dotted() {
  const auto module = input_.take_line();
  const auto name = module ? input_.take_line() : std::nullopt;
  if (!name) return std::nullopt;
  return storage_.keep(std::string(*module) + '.' + std::string(*name));
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
  if (kind == PythonKind::dict && items->size() % 2 != 0) return "a key has no value";
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
  if (pickle_name(*dotted) == PickleName::foreign) return "it names what no file of Mailman's holds";
  return arguments->empty() ? push_instance(*dotted) : "the class is called with arguments";
}

Fault PickleReader::obj() {
  const auto items = pop_to_mark();
  if (!items || items->empty() || !items->front().is(PythonKind::name)) return kNoValues;
  return items->size() == 1 ? push_instance(items->front().class_name()) : "the class is called with arguments";
}

Fault PickleReader::newobj() {
  if (own_values() < 2) return kNoValues;
  const PythonValue arguments = pop();
  const PythonValue name = pop();
  if (!name.is(PythonKind::name) || !arguments.is(PythonKind::tuple)) return kNoValues;
  return arguments.items().empty() ? push_instance(name.class_name()) : "the class is called with arguments";
}

// copy_reg._reconstructor(class, object, None)
Fault PickleReader::reconstruct(std::span<const PythonValue> arguments) {
  const bool plain = arguments.size() == 3 && arguments[0].is(PythonKind::name) && arguments[1].is(PythonKind::name) &&
                     pickle_name(arguments[1].class_name()) == PickleName::object && arguments[2].is(PythonKind::none);
  return plain ? push_instance(arguments[0].class_name()) : "the class is called with arguments";
}

// _codecs.encode(text, 'latin1'): an octet is a code point.
Fault PickleReader::encode(std::span<const PythonValue> arguments) {
  const bool latin1 =
      arguments.size() == 2 && arguments[0].is(PythonKind::text) && arguments[1].as_octets() == "latin1";
  if (!latin1) return "it encodes otherwise than Python 3 writes octets";
  std::string octets;
  std::string_view rest = *arguments[0].as_octets();
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

Error PickleReader::refused(std::string_view opcode, std::size_t at, std::string_view why) const {
  return Error{ErrorKind::refused,
               "pickle: opcode " + std::string(opcode) + " at octet " + std::to_string(at) + ": " + std::string(why)};
}

Result<Pickle> PickleReader::finish() {
  const PythonValue value = stack_.front();
  if (!is_bounded(value, kFewVisits + kVisitsPerOctet * size_, kMaxPickleDepth)) {
    return refused("STOP", opcode_at_, "a value holds itself, is nested too deeply or stands in too many places");
  }
  return Pickle{value, std::move(storage_)};
}

Result<Pickle> PickleReader::read() {
  static const std::array<const Opcode*, 256> kByCode = by_code();
  while (!stopped_) {
    opcode_at_ = input_.at();
    const auto code = input_.take(1);
    if (!code)
      return Error{ErrorKind::refused,
                   "pickle: the file ends at octet " + std::to_string(opcode_at_) + " without STOP"};
    const Opcode* const opcode = kByCode[static_cast<unsigned char>(code->front())];
    if (opcode == nullptr) return refused("0x" + hex(*code), opcode_at_, "there is none such");
    if (opcode->read == nullptr) return refused(opcode->name, opcode_at_, "no file of Mailman's under Python 2 has it");
    if (const Fault fault = (this->*opcode->read)()) return refused(opcode->name, opcode_at_, fault);
  }
  return finish();
}

}  // namespace

Result<Pickle> read_pickle(std::string_view octets) {
  if (octets.size() > kMaxPickleOctets) {
    return Error{ErrorKind::refused, "pickle: more than " + std::to_string(kMaxPickleOctets) + " octets"};
  }
  return PickleReader(octets).read();
}

}  // namespace majlis::foreign
