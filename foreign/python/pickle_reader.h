#pragma once

#include <array>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "foreign/python/pickle_input.h"
#include "foreign/python/value.h"

namespace majlis::foreign {

// What is wrong with an opcode, to stand behind its name; nullptr: nothing.
using Fault = const char*;
constexpr Fault kFine = nullptr;
constexpr Fault kCutShort = "the file ends in it";
constexpr Fault kNoValues = "there are fewer values than it needs";
constexpr Fault kOddValues = "a key has no value";
constexpr Fault kForeignName = "it names what no file of Mailman's holds";

inline constexpr std::size_t kMaxPickleDepth = 64;

// The machine that a pickle is a program for, as far as it makes values: a stack, its marks, and what is stored under
// numbers (pickle_reader.cc); its opcodes are in pickle_opcodes.cc.
class PickleReader {
 public:
  PickleReader(std::string_view octets, PythonStorage& storage)
      : input_(octets), size_(octets.size()), storage_(storage) {}
  // Once. The value points into `storage` and the octets.
  Result<PythonValue> read();

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
  Result<PythonValue> finish();

  PickleInput input_;
  std::size_t size_;
  std::size_t opcode_at_ = 0;
  std::size_t encoded_ = 0;  // octets of the texts that were
  bool stopped_ = false;
  std::vector<PythonValue> stack_;
  std::vector<std::size_t> marks_;
  std::vector<PythonValue> memo_;
  std::vector<bool> is_stored_;
  PythonStorage& storage_;
};

}  // namespace majlis::foreign
