#include "foreign/python/value.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <limits>
#include <utility>

namespace majlis::foreign {
namespace {

constexpr std::array<std::string_view, 11> kWords = {"None", "bool",  "int",  "float",    "str",  "unicode",
                                                     "list", "tuple", "dict", "instance", "class"};

bool holds_values(PythonKind kind) { return kind >= PythonKind::list; }

}  // namespace

std::string_view word_for(PythonKind kind) { return kWords.at(static_cast<std::size_t>(kind)); }

PythonValue PythonValue::boolean(bool value) {
  PythonValue made = integer(value ? 1 : 0);
  made.kind_ = PythonKind::boolean;
  return made;
}

PythonValue PythonValue::integer(std::int64_t value) {
  PythonValue made;
  made.kind_ = PythonKind::integer;
  made.integer_ = value;
  return made;
}

PythonValue PythonValue::real(double value) {
  PythonValue made;
  made.kind_ = PythonKind::real;
  made.real_ = value;
  return made;
}

PythonValue PythonValue::octets(std::string_view value) {
  assert(value.size() <= std::numeric_limits<std::uint32_t>::max());
  PythonValue made;
  made.kind_ = PythonKind::octets;
  made.length_ = static_cast<std::uint32_t>(value.size());
  made.octets_ = value.data();
  return made;
}

PythonValue PythonValue::text(std::string_view value) {
  PythonValue made = octets(value);
  made.kind_ = PythonKind::text;
  return made;
}

PythonValue PythonValue::container(PythonKind kind, PythonContainer& content) {
  assert(holds_values(kind));
  PythonValue made;
  made.kind_ = kind;
  made.content_ = &content;
  return made;
}

std::optional<std::int64_t> PythonValue::as_integer() const {
  if (kind_ != PythonKind::boolean && kind_ != PythonKind::integer) return std::nullopt;
  return integer_;
}

std::optional<double> PythonValue::as_number() const {
  if (kind_ == PythonKind::real) return real_;
  const auto whole = as_integer();
  return whole ? std::optional<double>(static_cast<double>(*whole)) : std::nullopt;
}

std::optional<std::string_view> PythonValue::as_octets() const {
  if (kind_ != PythonKind::octets && kind_ != PythonKind::text) return std::nullopt;
  return std::string_view(octets_, length_);
}

std::span<const PythonValue> PythonValue::items() const {
  return holds_values(kind_) ? std::span<const PythonValue>(content_->items) : std::span<const PythonValue>();
}

const PythonValue* PythonValue::find(std::string_view key) const {
  if (kind_ == PythonKind::instance) {
    return items().empty() || !items()[0].is(PythonKind::dict) ? nullptr : items()[0].find(key);
  }
  if (kind_ != PythonKind::dict) return nullptr;
  for (std::size_t at = items().size(); at >= 2; at -= 2) {
    if (items()[at - 2].as_octets() == key) return &items()[at - 1];
  }
  return nullptr;
}

std::string_view PythonValue::class_name() const { return holds_values(kind_) ? content_->class_name : ""; }

PythonContainer* PythonValue::content() const { return holds_values(kind_) ? content_ : nullptr; }

PythonContainer& PythonStorage::new_container() { return containers_.emplace_back(); }

std::string_view PythonStorage::keep(std::string text) { return texts_.emplace_back(std::move(text)); }

bool same_value(const PythonValue& a, const PythonValue& b) {
  if (a.kind() != b.kind() || a.as_octets() != b.as_octets() || a.as_integer() != b.as_integer()) return false;
  if (a.is(PythonKind::real)) {  // a NaN is itself here
    return std::bit_cast<std::uint64_t>(*a.as_number()) == std::bit_cast<std::uint64_t>(*b.as_number());
  }
  return a.class_name() == b.class_name() && std::ranges::equal(a.items(), b.items(), same_value);
}

bool is_bounded(const PythonValue& value, const PythonBounds& most) {
  std::vector<std::span<const PythonValue>> open = {std::span<const PythonValue>(&value, 1)};
  std::size_t count = 0;
  std::size_t octets = 0;
  while (!open.empty()) {
    if (open.back().empty()) {
      open.pop_back();
      continue;
    }
    const PythonValue& next = open.back().front();
    open.back() = open.back().subspan(1);
    octets += next.as_octets().value_or("").size();
    if (++count > most.values || octets > most.octets || next.is(PythonKind::name)) return false;
    if (!next.items().empty()) open.push_back(next.items());
    if (open.size() > most.depth) return false;
  }
  return true;
}

}  // namespace majlis::foreign
