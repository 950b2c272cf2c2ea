#include "foreign/python/pickle_reader.h"

#include <algorithm>
#include <string>
#include <utility>

#include "base/text.h"
#include "foreign/python/pickle_names.h"

namespace majlis::foreign {
namespace {

// Of values that stand in several places, and of the octets of strings among them.
constexpr std::size_t kVisitsPerOctet = 16;
constexpr std::size_t kFewVisits = 1000;
constexpr std::size_t kFewOctets = 64 * 1024;

}  // namespace

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

Fault PickleReader::push_instance(std::string_view class_name) {
  if (pickle_name(class_name) != PickleName::data_class) return "it makes no object, but what a function returns";
  push_container(PythonKind::instance, {});
  stack_.back().content()->class_name = class_name;
  return kFine;
}

Fault PickleReader::push_name(std::string_view dotted) {
  if (pickle_name(dotted) == PickleName::foreign) return kForeignName;
  push_container(PythonKind::name, {});
  stack_.back().content()->class_name = dotted;
  return kFine;
}

// Of a dict, keys and values.
Fault PickleReader::extend(PythonKind kind, std::vector<PythonValue> items) {
  if (own_values() < 1) return kNoValues;
  if (!stack_.back().is(kind)) return "what it adds to is something else";
  if (kind == PythonKind::dict && items.size() % 2 != 0) return kOddValues;
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

Error PickleReader::refused(std::string_view opcode, std::size_t at, std::string_view why) const {
  return Error{ErrorKind::refused,
               "pickle: opcode " + std::string(opcode) + " at octet " + std::to_string(at) + ": " + std::string(why)};
}

Result<PythonValue> PickleReader::finish() {
  const PythonValue value = stack_.front();
  const PythonBounds most{.values = kFewVisits + kVisitsPerOctet * size_,
                          .octets = kFewOctets + kVisitsPerOctet * size_,
                          .depth = kMaxPickleDepth};
  if (!is_bounded(value, most)) {
    return refused("STOP", opcode_at_, "a value holds itself, is nested too deeply or stands in too many places");
  }
  return value;
}

Result<PythonValue> PickleReader::read() {
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

}  // namespace majlis::foreign
