#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace majlis::foreign {

struct AddressExpression {
  std::string pattern;  // for mail/address_pattern.h, which may refuse it
  // A '.' stood there for any character between two others: here it is a dot, as its author meant.
  bool has_dots = false;
};

// What Mailman 2.1 searches addresses with, one of Python's regular expressions that begins with '^', as a pattern of
// all that it finds: of "^.*@spam\.example$" it is "*@spam.example". nullopt: no pattern says it. Pure.
std::optional<AddressExpression> read_address_expression(std::string_view expression);

}  // namespace majlis::foreign
