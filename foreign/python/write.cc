#include "foreign/python/write.h"

#include <array>
#include <charconv>
#include <cstdio>
#include <string_view>

#include "base/unicode.h"

namespace majlis::foreign {
namespace {

std::string escaped(char32_t number, const char* form) {
  std::array<char, 16> buffer{};
  const int length = std::snprintf(buffer.data(), buffer.size(), form, static_cast<unsigned>(number));
  return {buffer.data(), static_cast<std::size_t>(length)};
}

// Below 0x80 and of octets.
std::string write_octet(unsigned char octet, char quote) {
  switch (octet) {
    case '\\': return "\\\\";
    case '\n': return "\\n";
    case '\r': return "\\r";
    case '\t': return "\\t";
    default: break;
  }
  if (octet == static_cast<unsigned char>(quote)) return {'\\', quote};
  if (octet >= 0x20 && octet < 0x7F) return {static_cast<char>(octet)};
  return escaped(octet, "\\x%02x");
}

std::string write_code_point(char32_t code_point, char quote) {
  if (code_point < 0x100) return write_octet(static_cast<unsigned char>(code_point), quote);
  return escaped(code_point, code_point < 0x10000 ? "\\u%04x" : "\\U%08x");
}

std::string write_string(const PythonValue& value) {
  std::string_view rest = *value.as_octets();
  const bool is_text = value.is(PythonKind::text);
  const char quote = rest.find('\'') != std::string_view::npos && rest.find('"') == std::string_view::npos ? '"' : '\'';
  std::string out = is_text ? "u" : "";
  out += quote;
  while (!rest.empty()) {
    if (is_text) {
      out += write_code_point(next_code_point(rest), quote);
    } else {
      out += write_octet(static_cast<unsigned char>(rest.front()), quote);
      rest.remove_prefix(1);
    }
  }
  return out + quote;
}

std::string write_real(double number) {
  std::array<char, 32> buffer{};
  const auto written = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number);
  std::string out(buffer.data(), written.ptr);
  return out.find_first_of(".e") == std::string::npos ? out + ".0" : out;
}

std::string write_items(const PythonValue& value, std::string_view brackets) {
  std::string out(1, brackets[0]);
  for (std::size_t i = 0; i < value.items().size(); ++i) {
    if (i > 0) out += value.is(PythonKind::dict) && i % 2 == 1 ? ": " : ", ";
    out += write_literal(value.items()[i]);
  }
  if (value.is(PythonKind::tuple) && value.items().size() == 1) out += ',';
  return out + brackets[1];
}

}  // namespace

std::string write_literal(const PythonValue& value) {
  switch (value.kind()) {
    case PythonKind::boolean: return *value.as_integer() != 0 ? "True" : "False";
    case PythonKind::integer: return std::to_string(*value.as_integer());
    case PythonKind::real: return write_real(*value.as_number());
    case PythonKind::octets:
    case PythonKind::text: return write_string(value);
    case PythonKind::list: return write_items(value, "[]");
    case PythonKind::tuple: return write_items(value, "()");
    case PythonKind::dict: return write_items(value, "{}");
    default: return "None";
  }
}

}  // namespace majlis::foreign
