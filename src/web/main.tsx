import { render } from 'preact';
import { App } from './app.tsx';
import './style/base.css';
import './style/header.css';
import './style/home.css';
import './style/feedback.css';
import './style/grid.css';
import './style/search.css';
import './style/filters.css';
import './style/picture.css';
import './style/compare.css';
import './style/equal.css';
import './style/library.css';
import './style/key.css';

const page = document.getElementById('page');
if (page !== null) {
  render(<App />, page);
}
