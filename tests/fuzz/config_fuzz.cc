// Any byte string parses; what is accepted writes and parses back equal, into its own text as well.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "lists/site/config/dialect.h"
#include "lists/site/config/list_config.h"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

bool is_accepted_as(const std::string& text, const majlis::lists::ListConfig& config) {
  const majlis::lists::ListConfig::Parsed parsed = majlis::lists::ListConfig::parse(text);
  return parsed.problems.empty() && parsed.passwords.empty() && parsed.config == config;
}

// What LISTSERV's header or Mailman's dump says of it, read again for the same list, changes nothing.
bool stays_in(const majlis::lists::Dialect& dialect, const majlis::lists::ListConfig& config) {
  const auto parsed = majlis::lists::ListConfig::parse(majlis::lists::write_in(dialect, config, "x"), dialect, config);
  return parsed.problems.empty() && parsed.config == config;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t count) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), count);
  const majlis::lists::ListConfig::Parsed parsed = majlis::lists::ListConfig::parse(text);
  if (!parsed.problems.empty()) {
    require(parsed.config == majlis::lists::ListConfig() && parsed.passwords.empty());
    return 0;
  }
  require(is_accepted_as(parsed.config.write(), parsed.config));
  require(is_accepted_as(parsed.config.write_into(text), parsed.config));

  majlis::lists::ListConfig changed = parsed.config;
  require(changed.set(majlis::lists::Setting::hold_days, "9").ok());
  require(changed.set(majlis::lists::Setting::message_footer, "END\n\n-one\n two").ok());
  changed.unset(majlis::lists::Setting::who_access);
  require(is_accepted_as(changed.write_into(text), changed));
  require(stays_in(majlis::lists::listserv(), changed));
  require(stays_in(majlis::lists::mailman(), changed));
  return 0;
}
