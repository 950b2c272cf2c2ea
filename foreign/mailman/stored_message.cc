#include "foreign/mailman/stored_message.h"

#include "base/text.h"
#include "foreign/python/pickle.h"
#include "mail/coding/decode.h"

namespace majlis::foreign {
namespace {

constexpr std::size_t kMaxMessageOctets = 64 * 1024 * 1024;
constexpr std::size_t kMaxDepth = 20;

std::string octets_of(const PythonValue* value) {
  return value == nullptr ? "" : std::string(value->as_octets().value_or(""));
}

// The parameter `boundary` of a Content-Type field; "" where it is not plain.
std::string boundary_in(std::string_view field) {
  const std::size_t at = find_ignoring_case(field, "boundary=");
  if (at == std::string_view::npos) return {};
  std::string_view value = field.substr(at + 9);
  if (!value.starts_with('"')) return std::string(value.substr(0, value.find_first_of("; \t\r\n")));
  value.remove_prefix(1);
  return std::string(value.substr(0, value.find('"')));
}

class StoredMessage {
 public:
  // As email.Generator of Python 2 writes it.
  bool write(const PythonValue& message, std::size_t depth) {
    const PythonValue* fields = message.find("_headers");
    if (fields == nullptr || depth > kMaxDepth || text_.size() > kMaxMessageOctets) return false;
    std::string boundary;
    for (const PythonValue& field : fields->items()) {
      const auto pair = field.items();
      if (pair.size() < 2 || text_.size() > kMaxMessageOctets) return false;
      const std::string name = octets_of(pair.data());
      const std::string value = mail::with_lf(octets_of(&pair[1]));
      if (equals_ignoring_case(name, "content-type")) boundary = boundary_in(value);
      text_ += name + ": " + value + "\n";
    }
    text_ += "\n";
    const PythonValue* payload = message.find("_payload");
    const bool has_parts = payload != nullptr && payload->is(PythonKind::list);
    if (has_parts) return write_parts(message, *payload, boundary, depth);
    text_ += mail::with_lf(octets_of(payload));
    return true;
  }

  std::string text() && { return std::move(text_); }

 private:
  bool write_parts(const PythonValue& message, const PythonValue& parts, const std::string& boundary,
                   std::size_t depth) {
    if (boundary.empty())
      return parts.items().size() == 1 && write(parts.items().front(), depth + 1);  // message/rfc822
    const std::string preamble = mail::with_lf(octets_of(message.find("preamble")));
    if (!preamble.empty()) text_ += preamble + (preamble.ends_with('\n') ? "" : "\n");
    for (const PythonValue& part : parts.items()) {
      text_ += "--" + boundary + "\n";
      if (!write(part, depth + 1)) return false;
      if (!text_.ends_with('\n')) text_ += "\n";
    }
    text_ += "--" + boundary + "--\n" + mail::with_lf(octets_of(message.find("epilogue")));
    return true;
  }

  std::string text_;
};

}  // namespace

Result<std::string> read_stored_message(std::string_view octets) {
  const Result<Pickle> pickle = read_pickle(octets);
  if (!pickle) return pickle.error();
  StoredMessage message;
  if (!message.write(pickle->value, 0)) return Error{ErrorKind::refused, "foreign: it is no stored message"};
  return std::move(message).text();
}

}  // namespace majlis::foreign
