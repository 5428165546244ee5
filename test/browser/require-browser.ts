import { chromiumPath } from '../support/chromium';

/** Stops the suite at once, and says why, where no browser is installed. */
module.exports = () => {
  chromiumPath();
};
