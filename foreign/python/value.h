#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace majlis::foreign {

enum class PythonKind : std::uint8_t {
  none,
  boolean,
  integer,
  real,
  octets,  // str of Python 2, in whatever charset
  text,    // unicode: UTF-8
  list,
  tuple,
  dict,
  instance,
  name,  // a class or function, while a pickle is read: none stands in what a reader returns
};

// "None", "bool", "int" ...: as Python calls it.
std::string_view word_for(PythonKind kind);

struct PythonContainer;

// A value of Python's as data: 16 octets that point into the PythonStorage of their reader and live no longer. Asked
// for what it is not, it answers nothing.
class PythonValue {
 public:
  PythonValue() = default;  // None
  static PythonValue boolean(bool value);
  static PythonValue integer(std::int64_t value);
  static PythonValue real(double value);
  static PythonValue octets(std::string_view value);  // at most 4 GB, as text
  static PythonValue text(std::string_view value);
  static PythonValue container(PythonKind kind, PythonContainer& content);  // list, tuple, dict, instance, name

  PythonKind kind() const { return kind_; }
  bool is(PythonKind kind) const { return kind_ == kind; }

  std::optional<std::int64_t> as_integer() const;     // of a bool 0 or 1
  std::optional<double> as_number() const;            // of an integer, a bool and a real
  std::optional<std::string_view> as_octets() const;  // of octets and text, as they stand

  // Of a list and tuple their values; of a dict key, value, key, value in the order of the source; of an instance its
  // state, none or one.
  std::span<const PythonValue> items() const;
  // Of a dict, or of the dict that is an instance's state, what stands under `key`; the last one, as in Python. Looks
  // at every key.
  const PythonValue* find(std::string_view key) const;
  // Of an instance, "Mailman.Bouncer._BounceInfo".
  std::string_view class_name() const;

  PythonContainer* content() const;  // of what container() made; nullptr of the rest

 private:
  PythonKind kind_ = PythonKind::none;
  std::uint32_t length_ = 0;
  union {
    std::int64_t integer_ = 0;
    double real_;
    const char* octets_;
    PythonContainer* content_;
  };
};

struct PythonContainer {
  std::vector<PythonValue> items = {};
  std::string_view class_name = {};
};

// What values point to. May be moved, not copied.
class PythonStorage {
 public:
  PythonStorage() = default;
  PythonStorage(PythonStorage&&) = default;
  PythonStorage& operator=(PythonStorage&&) = default;
  PythonStorage(const PythonStorage&) = delete;
  PythonStorage& operator=(const PythonStorage&) = delete;

  PythonContainer& new_container();
  std::string_view keep(std::string text);

 private:
  std::deque<PythonContainer> containers_;
  std::deque<std::string> texts_;
};

// Whether two values, at most 64 deep, are of the same kinds and hold the same, dicts in the same order.
bool same_value(const PythonValue& a, const PythonValue& b);

struct PythonBounds {
  std::size_t values;
  std::size_t octets;  // of strings
  std::size_t depth;
};

// Whether `value`, every value in it counted as often as it stands there, is within `most`: so nothing in it holds
// itself, and whoever walks through it, or writes it out, comes to an end. No class or function stands in it.
bool is_bounded(const PythonValue& value, const PythonBounds& most);

}  // namespace majlis::foreign
