#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace majlis::commands {

constexpr std::size_t kMaxCommandOctets = 512 * 1024;  // of a message's text; the rest is not read
constexpr std::size_t kMaxLineOctets = 2000;           // of one joined line; longer ones are not understood
constexpr std::size_t kMaxContinuations = 20;          // likewise

// The text between the lines of a cleartext signature (RFC 9580 7), its dashes unescaped, when the text begins with
// one; else the text as it is.
std::string without_armour(std::string text);

// Walks over the lines of a message's text that may be commands. Pure and linear; every byte string reads.
class CommandLines {
 public:
  // `text` must stay while this is in use.
  explicit CommandLines(std::string_view text) : rest_(text.substr(0, kMaxCommandOctets)) {}

  // The next line, its blanks of any kind plain ones, without what nobody sees: continuation lines ("\" at the end)
  // joined with one blank; comments ('#'), empty lines and quoted lines ('>') and the line above them left out. One
  // that breaks a ceiling comes out with more than kMaxLineOctets, its end left out; all its continuations are
  // consumed. nullopt at the end.
  std::optional<std::string> next();

  // The next line of somebody's own words, not joined: empty lines left out; nullopt where the text ends or a quotation
  // begins.
  std::optional<std::string> next_own();

  // The line that comes next, where a blank one stands in front of it and nothing but blank ones behind: as telephones
  // add one to every message. Nothing is taken.
  std::optional<std::string> last_apart() const;

  // The lines as they are, up to the line that is `tag`. Without such a line everything is consumed, and nullopt.
  std::optional<std::string> text_up_to(std::string_view tag);
  // The lines as they are, up to one that is not of the text; that one is read next.
  std::string text_while(const std::function<bool(std::string_view line)>& is_of_text);

 private:
  std::string join(std::string_view first);
  std::string_view rest_;
};

}  // namespace majlis::commands
